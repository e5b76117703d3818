// The rooms of the product that the benchmark calls directly; bundled by rooms.mjs.
// First: the processes of the peers inherit the switch, for one of them runs on ONNX Runtime too.
import '../src/engine/onnxruntimeTelemetryOff';
export { buildPrompt } from '../src/completion/prompt';
export { Completer } from '../src/engine-client/completer';
export { EngineClient } from '../src/engine-client/engineClient';
export { scorePosition } from '../src/scoring/positionScores';
