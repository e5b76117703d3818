import { applyLogisticRegression } from './logistic';
import { type CompletionPath, cutTokens } from '../../protocol/completionPath';
import { firstLineOf } from '../../text/lines';

type JudgedPath = Pick<CompletionPath, 'text' | 'tokens' | 'confidenceModel'>;

/** Log-probabilities are cut here, so that one token out of nowhere cannot outweigh everything else; e^-10 is 0.00005. */
const leastLogProbability = -10;

/**
 * What the confidence is computed from, in this order; logarithms are natural. Entropy, margins, length and the reason to stop
 * added nothing to these on held-out cases.
 */
export const confidenceFeatureNames = [
  'sum of log-probabilities',
  'least log-probability',
  'log-probability of the first token',
] as const;

/** The features of a path with at least one token: [confidenceFeatureNames.length]. */
export function confidenceFeatures(tokens: readonly { readonly probability: number }[]): number[] {
  const logs = tokens.map(({ probability }) => Math.max(leastLogProbability, Math.log(probability)));
  const sum = logs.reduce((total, log) => total + log, 0);
  return [Math.max(2 * leastLogProbability, sum), Math.min(...logs), logs[0]!];
}

/**
 * The calibrated probability that a completion is what the rest of the line should be, 0 to 1; 0 for an empty one. Unlike
 * the model probabilities of its tokens it may be read as a chance of being right: of the lines with 0.3, about three in ten
 * are. Of several lines the first one that shows something is judged: the others are a bonus that can be accepted by line.
 * Logistic regression with the weights of the model's manifest, fitted by `node test/evaluation/calibrate/calibrate.mjs`.
 *
 * Without weights (`isCalibrated` says so) it is the model's own probability of the line, which is no chance of being right.
 */
export function confidenceOf({ text, tokens, confidenceModel }: JudgedPath): number {
  const blankLines = /^\s*/.exec(text)![0].length;
  const judged = cutTokens(tokens, blankLines + firstLineOf(text.slice(blankLines)).length);
  if (judged.length === 0) return 0;
  const features = confidenceFeatures(judged);
  return confidenceModel ? applyLogisticRegression(confidenceModel, features) : Math.exp(features[0]!);
}

/** Whether the confidence of a path may be read as a chance of being right. */
export function isCalibrated({ confidenceModel }: Pick<CompletionPath, 'confidenceModel'>): boolean {
  return confidenceModel !== undefined;
}
