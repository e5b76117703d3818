import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectedCalibrationError } from '../../../../src/evaluation/statistics/calibrationError';
import { applyLogisticRegression } from '../../../../src/completion/judge/logistic';
import { fitLogisticRegression } from '../../../../src/evaluation/statistics/logisticRegression';

/** Deterministic draws of (score, outcome) whose true probability is sigmoid(slope * score + intercept). */
function drawn(count: number, slope: number, intercept: number): { scores: number[]; outcomes: boolean[] } {
  let state = 12345;
  const uniform = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const scores = Array.from({ length: count }, () => 8 * uniform() - 4);
  return { scores, outcomes: scores.map((s) => uniform() < 1 / (1 + Math.exp(-(slope * s + intercept)))) };
}

describe('expectedCalibrationError', () => {
  it('gives a worked example and its reliability table', () => {
    const result = expectedCalibrationError([0.1, 0.3, 0.8, 1], [false, true, true, false], 2);
    expect(result.expectedCalibrationError).toBeCloseTo(0.5 * 0.3 + 0.5 * 0.4, 12);
    expect(result.bins).toEqual([
      { lower: 0, upper: 0.5, count: 2, meanConfidence: 0.2, accuracy: 0.5 },
      { lower: 0.5, upper: 1, count: 2, meanConfidence: 0.9, accuracy: 0.5 },
    ]);
  });

  it('keeps empty bins, marked by NaN, out of the sum', () => {
    const result = expectedCalibrationError([0.05], [false], 10);
    expect(result.expectedCalibrationError).toBeCloseTo(0.05, 12);
    expect(result.bins[5]).toEqual({ lower: 0.5, upper: 0.6, count: 0, meanConfidence: NaN, accuracy: NaN });
  });

  it('is 0 where every confidence is the share of true outcomes, whatever the scores were', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 60 }), (outcomes) => {
        const share = outcomes.filter(Boolean).length / outcomes.length;
        const confidences = outcomes.map(() => share);
        expect(expectedCalibrationError(confidences, outcomes, 10).expectedCalibrationError).toBeCloseTo(0, 9);
      }),
    );
  });

  it('refuses a confidence outside 0 to 1 and a bin count below 1', () => {
    expect(() => expectedCalibrationError([1.2], [true], 5)).toThrow('Confidence 0 is 1.2');
    expect(() => expectedCalibrationError([0.2], [true], 0)).toThrow('number of bins is 0');
  });
});

describe('logistic regression', () => {
  it('finds the weights that the outcomes were drawn from, whatever the units of a feature', () => {
    const { scores, outcomes } = drawn(20000, 1.5, -0.7);
    const rows = scores.map((score, i) => [1000 * score, i % 7, 3]);
    const fit = fitLogisticRegression(rows, outcomes);
    expect((fit.weights[0] as number) * 1000).toBeCloseTo(1.5, 1);
    expect(fit.weights[1]).toBeCloseTo(0, 1);
    expect(fit.weights[2]).toBe(0);
    expect(fit.intercept).toBeCloseTo(-0.7, 0);
  });

  it('leaves no gradient: predictions sum to the outcomes (the intercept is not penalised)', () => {
    const row = fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: 0, max: 1 }), fc.boolean());
    fc.assert(
      fc.property(fc.array(row, { minLength: 2, maxLength: 40 }), (all) => {
        const outcomes = all.map(([, , outcome]) => outcome);
        fc.pre(outcomes.includes(true) && outcomes.includes(false));
        const rows = all.map(([a, b]) => [a, b]);
        const fit = fitLogisticRegression(rows, outcomes, 0.5);
        const predicted = rows.reduce((sum, features) => sum + applyLogisticRegression(fit, features), 0);
        expect(predicted).toBeCloseTo(outcomes.filter(Boolean).length, 5);
      }),
    );
  });

  it('stays finite when every outcome is the same or the data are separable', () => {
    const certain = fitLogisticRegression([[1], [2]], [true, true]);
    expect(applyLogisticRegression(certain, [1])).toBeGreaterThan(0.9);
    const separable = fitLogisticRegression([[1], [2], [3], [4]], [false, false, true, true]);
    expect(Number.isFinite(separable.weights[0])).toBe(true);
    expect(applyLogisticRegression(separable, [4])).toBeGreaterThan(0.5);
  });

  it('refuses rows of unequal length, a ridge of 0, and a wrong number of features', () => {
    expect(() => fitLogisticRegression([[1], [1, 2]], [true, false])).toThrow(
      'Sample 1 has 2 features but sample 0 has 1',
    );
    expect(() => fitLogisticRegression([[1]], [true], 0)).toThrow('ridge penalty is 0');
    expect(() => applyLogisticRegression({ weights: [1], intercept: 0 }, [])).toThrow('There are 0 features');
  });
});
