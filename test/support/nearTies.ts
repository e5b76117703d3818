import { expect } from 'vitest';

/**
 * How many nats of log-probability two candidates may lie apart and still change places between processors, and between runs
 * that cut the same tokens otherwise. Each kernel of ONNX Runtime rounds in its own way, and int8 activations make much of it:
 * of 1,920 positions in eight texts the best token of the AVX2 kernels differed from that of the AVX-512 kernels at 121, where
 * it lay 0.76 nats behind at most; from that of the float cache at 96 to 101, 0.7 nats behind at most. This is twice as much.
 */
export const nearTieNats = 1.5;

interface Token {
  readonly text: string;
  readonly candidates: readonly { readonly id: number; readonly probability: number }[];
}

interface Path {
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly tokenIds: readonly number[];
  readonly healingTokens: number;
}

/** Nats between the best candidate and the one with this id; infinite where that is not among the candidates. */
function natsBehind({ candidates }: Token, id: number): number {
  const probability = candidates.find((candidate) => candidate.id === id)?.probability ?? 0;
  return Math.log(candidates[0]!.probability / probability);
}

/**
 * Expects two completions of one prompt to be the same up to a near tie: where they part, each has the other's token among its
 * candidates and close to its best one. They need enough candidates (`topK`) for that.
 *
 * @returns how many tokens they have in common.
 */
export function expectSameUpToNearTie(actual: Path, expected: Path): number {
  const [ids, expectedIds] = [actual, expected].map(({ tokenIds, healingTokens }) => tokenIds.slice(healingTokens));
  const length = Math.max(ids!.length, expectedIds!.length);
  let parted = 0;
  while (parted < length && ids![parted] === expectedIds![parted]) parted++;
  if (parted === length) {
    expect(actual.text).toBe(expected.text);
    return actual.tokens.length;
  }
  const others = [
    [actual, expectedIds!],
    [expected, ids!],
  ] as const;
  for (const [{ tokens, text }, otherIds] of others) {
    expect(otherIds[parted], `the end of what goes on as ${JSON.stringify(text)}`).toBeDefined();
    // A token that was cut, as a line end is, has no scores.
    const token = tokens[parted];
    if (token) expect(natsBehind(token, otherIds[parted]!), JSON.stringify(token.text)).toBeLessThan(nearTieNats);
  }
  return Math.min(parted, actual.tokens.length, expected.tokens.length);
}

/**
 * Expects every token to lie so far before the second candidate that no processor chooses another one: then a test may name
 * the text. Choose texts with a nat to spare, for the distance itself differs between processors.
 */
export function expectCertain(tokens: readonly Token[]): void {
  expect(tokens.length).toBeGreaterThan(0);
  for (const token of tokens) {
    expect(natsBehind(token, token.candidates[1]!.id), JSON.stringify(token.text)).toBeGreaterThan(nearTieNats);
  }
}

/**
 * Mean Kullback-Leibler divergence, in nats, of the second distributions from the first: of logits [positions x vocabulary],
 * row by row. A mean over many positions hardly depends on the processor, as the largest difference of one logit does.
 */
export function meanDivergence(logits: Float32Array, others: Float32Array, vocabularySize: number): number {
  expect(others.length).toBe(logits.length);
  const positions = logits.length / vocabularySize;
  let total = 0;
  for (let i = 0; i < positions; i++) {
    const [logP, logQ] = [logits, others].map((all) =>
      logSoftmax(all.subarray(i * vocabularySize, (i + 1) * vocabularySize)),
    );
    total += logP!.reduce((sum, log, id) => sum + Math.exp(log) * (log - logQ![id]!), 0);
  }
  return total / positions;
}

function logSoftmax(logits: Float32Array): Float64Array {
  const largest = logits.reduce((a, b) => Math.max(a, b));
  const sum = logits.reduce((total, logit) => total + Math.exp(logit - largest), 0);
  return Float64Array.from(logits, (logit) => logit - largest - Math.log(sum));
}
