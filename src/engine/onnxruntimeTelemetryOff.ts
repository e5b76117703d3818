/**
 * Official builds of ONNX Runtime send usage data to Microsoft unless this variable is 1 as the library is loaded
 * (Linux and macOS; docs/Privacy.md of microsoft/onnxruntime). The binding for Node offers no function for it.
 */
process.env['ORT_DISABLE_TELEMETRY'] = '1';
