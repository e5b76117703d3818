// The rooms of the product that the benchmark calls directly; bundled by rooms.mjs.
export { buildPrompt } from '../src/completion/prompt';
export { Completer } from '../src/engine-client/completer';
export { EngineClient } from '../src/engine-client/engineClient';
export { scorePosition } from '../src/scoring/positionScores';
