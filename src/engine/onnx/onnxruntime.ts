/**
 * ONNX Runtime with its telemetry off; the only file that loads it, so that no process of ours can load it otherwise.
 */
// Comes before the library is loaded: it reads the switch once, and keeps what it read until the process ends.
import './onnxruntimeTelemetryOff';

export { env, InferenceSession, listSupportedBackends, Tensor } from 'onnxruntime-node';
