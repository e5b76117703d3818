/**
 * Official builds of ONNX Runtime send usage data to Microsoft by default, until a variable of the environment says no
 * before the library is loaded (docs/Privacy.md of microsoft/onnxruntime). The binding for Node has no function for it.
 */
process.env['ORT_DISABLE_TELEMETRY'] = '1';
// The Windows build does not read that one. This one, which is there for its own tests, keeps it from registering
// its event provider (core/platform/windows/telemetry.cc).
if (process.platform === 'win32') process.env['ORT_RUNNING_UNIT_TESTS'] = '1';
