import type { EngineCapabilities } from '../../src/protocol/engine';

/** What an engine with the whole model in its own process can do today. */
export function fullCapabilities(largestTopK: number): EngineCapabilities {
  const given = { logits: true, tokenIds: true, fork: true, memory: true, score: true };
  return { ...given, hiddenStates: false, routing: false, largestTopK };
}
