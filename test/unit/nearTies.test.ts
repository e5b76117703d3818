import { describe, expect, it } from 'vitest';
import { expectCertain, expectSameUpToNearTie, meanDivergence } from '../support/nearTies';

/** Tokens whose id is their number; each with candidates 1, 2, 3, ... of the given probabilities, its own first. */
function pathOf(ids: readonly number[], ...probabilities: number[]) {
  const tokens = ids.map((id) => {
    const others = [1, 2, 3, 4].filter((other) => other !== id);
    const candidates = probabilities.map((probability, i) => ({ id: i === 0 ? id : others[i - 1]!, probability }));
    return { text: String(id), candidates };
  });
  return { text: ids.join(''), tokens, tokenIds: ids, healingTokens: 0 };
}

describe('expectSameUpToNearTie', () => {
  it('counts what two completions have in common', () => {
    expect(expectSameUpToNearTie(pathOf([1, 2, 3], 0.9, 0.05), pathOf([1, 2, 3], 0.8, 0.1))).toBe(3);
    expect(expectSameUpToNearTie(pathOf([3, 1, 4], 0.5, 0.4), pathOf([3, 2, 2], 0.4, 0.3))).toBe(1);
  });

  it('refuses a token that was far from the best, or no candidate, in either of them', () => {
    expect(() => expectSameUpToNearTie(pathOf([1], 0.8, 0.1), pathOf([2], 0.5, 0.4))).toThrow();
    expect(() => expectSameUpToNearTie(pathOf([1], 0.5, 0.4), pathOf([2], 0.8, 0.1))).toThrow();
    expect(() => expectSameUpToNearTie(pathOf([1], 0.5, 0.4), pathOf([4], 0.5, 0.4))).toThrow();
  });

  it('refuses a completion that ends where the other goes on', () => {
    expect(() => expectSameUpToNearTie(pathOf([1], 0.5, 0.4), pathOf([1, 2], 0.5, 0.4))).toThrow();
  });
});

it('expectCertain refuses a second candidate that is close, and no tokens at all', () => {
  expectCertain(pathOf([1, 2], 0.9, 0.05).tokens);
  expect(() => expectCertain(pathOf([1, 2], 0.5, 0.2).tokens)).toThrow();
  expect(() => expectCertain([])).toThrow();
});

it('meanDivergence is 0 for logits that differ by a constant, and what the formula says for others', () => {
  const even = Float32Array.of(0, 0, 0, 0);
  expect(meanDivergence(even, Float32Array.of(7, 7, -3, -3), 2)).toBeCloseTo(0, 12);
  // One of two positions: 0.5 ln(0.5/0.75) + 0.5 ln(0.5/0.25).
  const expected = (0.5 * Math.log(2 / 3) + 0.5 * Math.log(2)) / 2;
  expect(meanDivergence(even, Float32Array.of(0, 0, Math.log(3), 0), 2)).toBeCloseTo(expected, 6);
});
