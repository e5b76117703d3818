// The rooms of the product that the benchmark calls directly; bundled by rooms.mjs.
export { buildPrompt } from '../src/completion/prompt/prompt';
export { Completer } from '../src/completion/completer';
export { EngineClient } from '../src/client/engineClient';
export { scorePosition } from '../src/scoring/positionScores';
