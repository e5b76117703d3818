// The rooms of the product that the benchmark calls directly; bundled by rooms.mjs.
// First: the processes of the peers inherit the switch, for one of them runs on ONNX Runtime too.
import '../src/engine/onnx/onnxruntimeTelemetryOff';
export { buildPrompt } from '../src/completion/prompt/prompt';
export { Completer } from '../src/completion/completer';
export { EngineClient } from '../src/client/engineClient';
export { logTo } from '../src/protocol/log';
export { scorePosition } from '../src/scoring/positionScores';
