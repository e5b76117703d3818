import type { LogisticRegression } from './logistic';

/** Written by `node test/evaluation/calibrate/calibrate.mjs`; see confidence.ts for what the weights are of. */
export const confidenceModel: LogisticRegression = {
  weights: [0.4222, 2.0212, 0.7242],
  intercept: 2.0569,
};
