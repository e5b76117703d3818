import { type CompletionPath, forkTokens, type ScoredToken } from '../protocol/completionPath';

/** A path that leaves the best one at one position for another candidate. */
export interface Fork {
  readonly startTokens: readonly number[];
  /** Log of the model probability of the path up to and including the other candidate. */
  readonly logProbability: number;
}

/**
 * Where other completions may begin: at the first token, and at the position where the model was least decided. Most
 * probable first.
 */
export function forksOf(path: CompletionPath): Fork[] {
  const { tokens } = path;
  if (tokens.length === 0) return [];
  const positions = new Set([0, leastDecided(tokens)]);
  const forks: Fork[] = [];
  for (const position of positions) {
    const before = tokens.slice(0, position).reduce((sum, token) => sum + Math.log(token.probability), 0);
    for (const { id, probability } of tokens[position]!.candidates) {
      if (id === tokens[position]!.id || probability === 0) continue;
      forks.push({ startTokens: forkTokens(path, position, id), logProbability: before + Math.log(probability) });
    }
  }
  return forks.sort((a, b) => b.logProbability - a.logProbability);
}

function leastDecided(tokens: readonly ScoredToken[]): number {
  let position = 0;
  tokens.forEach((token, index) => {
    if (token.margin < tokens[position]!.margin) position = index;
  });
  return position;
}
