import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectedCalibrationError } from '../../../src/scoring/calibrationError';
import { applyIsotonicRegression, fitIsotonicRegression } from '../../../src/scoring/isotonicRegression';
import { applyLogisticRegression, fitLogisticRegression } from '../../../src/scoring/logisticRegression';
import { applyPlattScaling, fitPlattScaling } from '../../../src/scoring/plattScaling';

const samples = fc.array(fc.tuple(fc.integer({ min: -20, max: 20 }), fc.boolean()), { minLength: 1, maxLength: 60 });

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

describe('Platt scaling', () => {
  it('finds the sigmoid that the outcomes were drawn from', () => {
    const { scores, outcomes } = drawn(20000, 1.5, -0.7);
    const fit = fitPlattScaling(scores, outcomes);
    expect(fit.slope).toBeCloseTo(1.5, 1);
    expect(fit.intercept).toBeCloseTo(-0.7, 1);
  });

  it('ends where the mean probability equals the mean target', () => {
    fc.assert(
      fc.property(samples, (pairs) => {
        const outcomes = pairs.map(([, outcome]) => outcome);
        const fit = fitPlattScaling(
          pairs.map(([score]) => score),
          outcomes,
        );
        const positives = outcomes.filter(Boolean).length;
        const negatives = outcomes.length - positives;
        const target = (positives * (positives + 1)) / (positives + 2) + negatives / (negatives + 2);
        const predicted = pairs.reduce((sum, [score]) => sum + applyPlattScaling(fit, score), 0);
        expect(predicted).toBeCloseTo(target, 3);
      }),
    );
  });

  it('stays finite on separable data and far-out scores', () => {
    const fit = fitPlattScaling([-1000, -1, 1, 1000], [false, false, true, true]);
    expect(fit.slope).toBeGreaterThan(0);
    expect(applyPlattScaling(fit, 1e6)).toBeLessThanOrEqual(1);
    expect(applyPlattScaling(fit, -1e6)).toBeGreaterThanOrEqual(0);
    expect(applyPlattScaling(fit, -1e6)).toBeLessThan(0.01);
  });

  it('refuses what cannot be fitted', () => {
    expect(() => fitPlattScaling([1], [])).toThrow('There are 1 values but 0 outcomes');
    expect(() => fitPlattScaling([], [])).toThrow('no samples');
    expect(() => fitPlattScaling([1, NaN], [true, false])).toThrow('Sample 1 is NaN');
  });
});

describe('isotonic regression', () => {
  it('pools the violators of a worked example', () => {
    const fit = fitIsotonicRegression([1, 2, 3, 4, 5, 6], [false, true, false, true, true, true]);
    expect(applyIsotonicRegression(fit, 1)).toBe(0);
    expect(applyIsotonicRegression(fit, 2)).toBe(0.5);
    expect(applyIsotonicRegression(fit, 2.5)).toBe(0.5);
    expect(applyIsotonicRegression(fit, 3)).toBe(0.5);
    expect(applyIsotonicRegression(fit, 3.5)).toBe(0.75);
    expect(applyIsotonicRegression(fit, 4)).toBe(1);
    expect(applyIsotonicRegression(fit, -100)).toBe(0);
    expect(applyIsotonicRegression(fit, 100)).toBe(1);
  });

  it('equals the max-min formula at every sample', () => {
    fc.assert(
      fc.property(samples, (pairs) => {
        const fit = fitIsotonicRegression(
          pairs.map(([score]) => score),
          pairs.map(([, outcome]) => outcome),
        );
        const distinct = [...new Set(pairs.map(([score]) => score))].sort((a, b) => a - b);
        const meanOf = (from: number, to: number): number => {
          const within = pairs.filter(([score]) => score >= from && score <= to);
          return within.filter(([, outcome]) => outcome).length / within.length;
        };
        // Robertson, Wright and Dykstra, "Order restricted statistical inference", 1988, theorem 1.4.4.
        for (const x of distinct) {
          const expected = Math.max(
            ...distinct
              .filter((from) => from <= x)
              .map((from) => Math.min(...distinct.filter((to) => to >= x).map((to) => meanOf(from, to)))),
          );
          expect(applyIsotonicRegression(fit, x)).toBeCloseTo(expected, 12);
        }
      }),
    );
  });
});

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

  it('is 0 for confidences that isotonic regression fitted, with one bin for each', () => {
    fc.assert(
      fc.property(samples, (pairs) => {
        const scores = pairs.map(([score]) => score);
        const outcomes = pairs.map(([, outcome]) => outcome);
        const fit = fitIsotonicRegression(scores, outcomes);
        const confidences = scores.map((score) => applyIsotonicRegression(fit, score));
        expect(expectedCalibrationError(confidences, outcomes, 1).expectedCalibrationError).toBeCloseTo(0, 9);
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
