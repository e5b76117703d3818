import { confidenceFeatures } from '../../../src/completion/judge/confidence';
import type { LogisticRegression } from '../../../src/protocol/modelProfile';
import { applyLogisticRegression } from '../../../src/completion/judge/logistic';
import { expectedCalibrationError } from '../../../src/evaluation/statistics/calibrationError';
import { fitLogisticRegression } from '../../../src/evaluation/statistics/logisticRegression';
import type { Sample } from './sample';

/** The features overlap in what they say; without a penalty their weights would cancel each other. */
const ridge = 1;
const folds = 10;
const bins = 10;

/** How well confidences go with what was right; each sample was judged by a fit that had not seen it. */
export interface CrossValidation {
  readonly expectedCalibrationError: number;
  /** Mean -log2 of the probability given to what happened. */
  readonly bits: number;
  /** The least confidence among the given share of the samples with the most, and how many of these were right. */
  readonly threshold: number;
  readonly precision: number;
}

/** Samples without a token are left out: nothing is shown of them, whatever the confidence. */
export function withTokens(samples: readonly Sample[]): Sample[] {
  return samples.filter(({ tokens }) => tokens.length > 0);
}

/** Coefficients over all samples. */
export function fit(samples: readonly Sample[]): LogisticRegression {
  return fitLogisticRegression(
    samples.map(({ tokens }) => confidenceFeatures(tokens)),
    samples.map(({ right }) => right),
    ridge,
  );
}

/**
 * @param samples in any order; every tenth is held out of each of ten fits.
 * @param total samples with and without tokens: what the share shown is a share of.
 */
export function crossValidate(samples: readonly Sample[], total: number, share: number): CrossValidation {
  const confidences = samples.map(() => 0);
  for (let fold = 0; fold < folds; fold++) {
    const model = fit(samples.filter((_, i) => i % folds !== fold));
    samples.forEach((sample, i) => {
      if (i % folds === fold) confidences[i] = applyLogisticRegression(model, confidenceFeatures(sample.tokens));
    });
  }
  const outcomes = samples.map(({ right }) => right);
  const best = samples.map((_, i) => i).sort((a, b) => confidences[b]! - confidences[a]!);
  const shown = best.slice(0, Math.round(share * total));
  return {
    expectedCalibrationError: expectedCalibrationError(confidences, outcomes, bins).expectedCalibrationError,
    bits: mean(confidences.map((confidence, i) => -Math.log2(outcomes[i] ? confidence : 1 - confidence))),
    threshold: confidences[shown.at(-1)!]!,
    precision: mean(shown.map((i) => Number(outcomes[i]))),
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
