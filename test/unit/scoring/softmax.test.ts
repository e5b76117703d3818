import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EXP_CUTOFF, expOfNegative } from '../../../src/scoring/expOfNegative';
import { logSumExp, softmax } from '../../../src/scoring/softmax';
import { anyLogits, finiteLogits } from './arbitraries';

const f32 = (...values: number[]): Float32Array => Float32Array.from(values);

describe('expOfNegative', () => {
  it('agrees with Math.exp to 1e-9 down to its cutoff', () => {
    fc.assert(
      fc.property(fc.double({ min: EXP_CUTOFF, max: 0, noNaN: true }), (x) => {
        expect(Math.abs(expOfNegative(x) / Math.exp(x) - 1)).toBeLessThan(1e-9);
      }),
      { numRuns: 2000 },
    );
  });

  it('is exact at 0, defined at the cutoff, and 0 below it and for NaN', () => {
    expect(expOfNegative(0)).toBe(1);
    expect(expOfNegative(EXP_CUTOFF) / Math.exp(EXP_CUTOFF)).toBeCloseTo(1, 9);
    expect(expOfNegative(EXP_CUTOFF - 1e-9)).toBe(0);
    expect(expOfNegative(-Infinity)).toBe(0);
    expect(expOfNegative(NaN)).toBe(0);
  });
});

describe('logSumExp', () => {
  it('agrees with the naive formula where that does not overflow', () => {
    fc.assert(
      fc.property(finiteLogits, (logits) => {
        const naive = Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit), 0));
        expect(logSumExp(logits)).toBeCloseTo(naive, 8);
      }),
    );
  });

  it('does not overflow or underflow', () => {
    expect(logSumExp(f32(1e30, 1e30))).toBe(Math.fround(1e30));
    expect(logSumExp(f32(1000, 1000))).toBeCloseTo(1000 + Math.LN2, 9);
    expect(logSumExp(f32(-1000, -1000))).toBeCloseTo(-1000 + Math.LN2, 9);
  });

  it('defines the cases without finite logits', () => {
    expect(logSumExp(f32())).toBe(-Infinity);
    expect(logSumExp(f32(-Infinity, NaN))).toBe(-Infinity);
    expect(logSumExp(f32(1, Infinity))).toBe(Infinity);
    expect(logSumExp(f32(NaN, 2))).toBe(2);
  });
});

describe('softmax', () => {
  it('agrees with the naive formula', () => {
    fc.assert(
      fc.property(finiteLogits, (logits) => {
        const exponentials = Array.from(logits, (logit) => Math.exp(logit));
        const sum = exponentials.reduce((a, b) => a + b, 0);
        softmax(logits).forEach((p, i) => expect(p).toBeCloseTo((exponentials[i] as number) / sum, 7));
      }),
    );
  });

  it('sums to 1 wherever there is mass, and never gives NaN', () => {
    fc.assert(
      fc.property(anyLogits, (logits) => {
        const probabilities = softmax(logits);
        const hasMass = logits.some((logit) => logit > -Infinity);
        expect(probabilities.every((p) => p >= 0 && p <= 1)).toBe(true);
        expect(probabilities.reduce((a, b) => a + b, 0)).toBeCloseTo(hasMass ? 1 : 0, 5);
      }),
    );
  });

  it('is not moved by adding a constant to every logit', () => {
    expect(softmax(f32(1001, 1002, 1003))).toEqual(softmax(f32(1, 2, 3)));
  });

  it('gives 0 to -Infinity and NaN, shares all mass among +Infinity', () => {
    expect([...softmax(f32(-Infinity, 0, NaN, 0))]).toEqual([0, 0.5, 0, 0.5]);
    expect([...softmax(f32(Infinity, 5, Infinity, NaN, -Infinity))]).toEqual([0.5, 0, 0.5, 0, 0]);
    expect([...softmax(f32(-Infinity, NaN))]).toEqual([0, 0]);
    expect([...softmax(f32())]).toEqual([]);
  });
});
