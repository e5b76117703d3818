import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { topK } from '../../../src/scoring/topK';
import { anyLogits } from './arbitraries';

/** The definition, by a full stable sort: numbers from large to small, NaN last, ties in vocabulary order. */
function sortedIds(logits: Float32Array): number[] {
  const key = (id: number): number => (Number.isNaN(logits[id]) ? -Infinity : (logits[id] as number));
  const ids = Array.from(logits, (_, id) => id);
  return ids.sort((a, b) => {
    const nanOrder = Number(Number.isNaN(logits[a])) - Number(Number.isNaN(logits[b]));
    return nanOrder || (key(a) === key(b) ? a - b : key(b) - key(a));
  });
}

describe('topK', () => {
  it('gives the hand-checked example of design.md', () => {
    const context = [0.3, 0.5, 0.2];
    const entries = [
      [0.1, 0.8, 0.1],
      [0.2, 0.3, 0.5],
      [0.5, 0.2, 0.3],
    ];
    const scores = entries.map((entry) => entry.reduce((sum, x, j) => sum + x * (context[j] as number), 0));
    const best = topK(Float32Array.from(scores), 3);
    expect(best.map(({ id }) => id)).toEqual([0, 1, 2]);
    [0.45, 0.31, 0.31].forEach((score, i) => expect(best[i]?.logit).toBeCloseTo(score, 6));
  });

  it('equals a full stable sort for every k', () => {
    fc.assert(
      fc.property(anyLogits, fc.integer({ min: 1, max: 90 }), (logits, k) => {
        const best = topK(logits, k);
        expect(best.map(({ id }) => id)).toEqual(sortedIds(logits).slice(0, k));
        best.forEach(({ id, logit }) => expect(logit).toBe(logits[id]));
      }),
      { numRuns: 1000 },
    );
  });

  it('works on a vocabulary in ascending and descending order', () => {
    const ascending = Float32Array.from({ length: 49152 }, (_, i) => i);
    expect(topK(ascending, 3).map(({ id }) => id)).toEqual([49151, 49150, 49149]);
    expect(topK(ascending.toReversed(), 3).map(({ id }) => id)).toEqual([0, 1, 2]);
  });

  it('keeps vocabulary order where all are equal', () => {
    expect(topK(new Float32Array(1000), 4).map(({ id }) => id)).toEqual([0, 1, 2, 3]);
  });

  it('gives all V for a larger k, and nothing for an empty vocabulary', () => {
    expect(topK(Float32Array.of(1, 3, 2), 10).map(({ id }) => id)).toEqual([1, 2, 0]);
    expect(topK(new Float32Array(0), 5)).toEqual([]);
  });

  it.each([0, -1, 1.5, NaN, Infinity])('refuses k = %s, naming it', (k) => {
    expect(() => topK(Float32Array.of(1, 2), k)).toThrow(
      new RangeError(`top-k is ${k}; it must be a whole number of at least 1.`),
    );
  });
});
