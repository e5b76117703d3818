import type { LogisticRegression } from '../scoring/logisticRegression';

/** Written by `node test/evaluation/calibrate/calibrate.mjs`; see confidence.ts for what the weights are of. */
export const confidenceModel: LogisticRegression = {
  weights: [0.354, 2.3745, 0.4952],
  intercept: 2.0324,
};
