import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rankOf, scorePosition } from '../../../src/scoring/positionScores';
import { topK } from '../../../src/scoring/topK';
import { anyLogits, finiteLogits } from './arbitraries';

function naiveProbabilities(logits: Float32Array): number[] {
  const max = Math.max(...logits);
  const exponentials = Array.from(logits, (logit) => Math.exp(logit - max));
  const sum = exponentials.reduce((a, b) => a + b, 0);
  return exponentials.map((e) => e / sum);
}

describe('scorePosition', () => {
  it('scores the hand-checked example of design.md', () => {
    const scores = scorePosition(Float32Array.of(0.45, 0.31, 0.31), 2);
    // e^0.14 = 1.1502738: p1 = 1.1502738 / 3.1502738, the others 1 / 3.1502738.
    expect(scores.candidates.map(({ id, rank }) => [id, rank])).toEqual([
      [0, 1],
      [1, 2],
    ]);
    expect(scores.candidates[0]?.probability).toBeCloseTo(0.3651345, 6);
    expect(scores.candidates[1]?.probability).toBeCloseTo(0.3174327, 6);
    expect(scores.margin).toBeCloseTo(0.0477018, 6);
    expect(scores.remainingMass).toBeCloseTo(0.3174327, 6);
    expect(scores.entropyBits).toBeCloseTo(1.5817283, 6);
    expect(scores.chosen).toEqual(scores.candidates[0]);
  });

  it('agrees with naive formulas', () => {
    fc.assert(
      fc.property(finiteLogits, fc.integer({ min: 1, max: 12 }), fc.nat(), (logits, k, seed) => {
        const chosenId = seed % logits.length;
        const p = naiveProbabilities(logits);
        const order = topK(logits, logits.length).map(({ id }) => id);
        const scores = scorePosition(logits, k, chosenId);
        expect(scores.candidates.map(({ id }) => id)).toEqual(order.slice(0, k));
        scores.candidates.forEach(({ id, logit, probability, rank }, i) => {
          expect(logit).toBe(logits[id]);
          expect(probability).toBeCloseTo(p[id] as number, 8);
          expect(rank).toBe(i + 1);
        });
        expect(scores.chosen.id).toBe(chosenId);
        expect(scores.chosen.logit).toBe(logits[chosenId]);
        expect(scores.chosen.rank).toBe(order.indexOf(chosenId) + 1);
        expect(scores.chosen.probability).toBeCloseTo(p[chosenId] as number, 8);
        const entropy = p.reduce((sum, x) => sum - (x > 0 ? x * Math.log2(x) : 0), 0);
        expect(scores.entropyBits).toBeCloseTo(entropy, 7);
        expect(scores.margin).toBeCloseTo((p[order[0] as number] as number) - (p[order[1] as number] ?? 0), 7);
        const rest = order.slice(k).reduce((sum, id) => sum + (p[id] as number), 0);
        expect(scores.remainingMass).toBeCloseTo(rest, 7);
      }),
      { numRuns: 500 },
    );
  });

  it('stays within its bounds whatever the logits', () => {
    fc.assert(
      fc.property(anyLogits, fc.integer({ min: 1, max: 90 }), (logits, k) => {
        const { candidates, chosen, entropyBits, margin, remainingMass } = scorePosition(logits, k);
        expect(candidates).toHaveLength(Math.min(k, logits.length));
        expect(chosen).toEqual(candidates[0]);
        expect(entropyBits).toBeGreaterThanOrEqual(0);
        expect(entropyBits).toBeLessThanOrEqual(Math.log2(logits.length) + 1e-9);
        for (const share of [margin, remainingMass, ...candidates.map((c) => c.probability)]) {
          expect(share).toBeGreaterThanOrEqual(0);
          expect(share).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it('has the entropy of a fair choice for equal logits', () => {
    const scores = scorePosition(new Float32Array(49152), 5);
    expect(scores.entropyBits).toBeCloseTo(Math.log2(49152), 8);
    expect(scores.remainingMass).toBeCloseTo(1 - 5 / 49152, 8);
    expect(scores.margin).toBe(0);
  });

  it('shares all mass among +Infinity entries', () => {
    const scores = scorePosition(Float32Array.of(1, Infinity, -Infinity, Infinity, NaN), 3, 0);
    expect(scores.candidates.map(({ id, probability }) => [id, probability])).toEqual([
      [1, 0.5],
      [3, 0.5],
      [0, 0],
    ]);
    expect(scores.entropyBits).toBeCloseTo(1, 12);
    expect(scores.remainingMass).toBe(0);
    expect(scores.chosen).toEqual({ id: 0, logit: 1, probability: 0, rank: 3 });
  });

  it('gives no mass to anyone where no logit is above -Infinity', () => {
    expect(scorePosition(Float32Array.of(NaN, -Infinity), 1)).toEqual({
      candidates: [{ id: 1, logit: -Infinity, probability: 0, rank: 1 }],
      chosen: { id: 1, logit: -Infinity, probability: 0, rank: 1 },
      entropyBits: 0,
      margin: 0,
      remainingMass: 1,
    });
  });

  it('needs no second entry for the margin', () => {
    expect(scorePosition(Float32Array.of(3), 1).margin).toBe(1);
    expect(scorePosition(Float32Array.of(0, 0), 1).margin).toBe(0);
  });

  it.each([-1, 3, 0.5, NaN])('refuses the chosen id %s', (id) => {
    expect(() => scorePosition(Float32Array.of(1, 2, 3), 2, id)).toThrow(
      `Token id ${id} is outside the vocabulary; it must be a whole number from 0 to 2.`,
    );
  });

  it('refuses an empty vocabulary and a k below 1', () => {
    expect(() => scorePosition(new Float32Array(0), 1)).toThrow(RangeError);
    expect(() => scorePosition(Float32Array.of(1), 0)).toThrow('top-k is 0');
  });
});

describe('rankOf', () => {
  it('is the place in a full selection, for every entry', () => {
    fc.assert(
      fc.property(anyLogits, (logits) => {
        topK(logits, logits.length).forEach(({ id }, i) => expect(rankOf(logits, id)).toBe(i + 1));
      }),
    );
  });
});
