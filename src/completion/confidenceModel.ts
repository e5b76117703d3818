import type { LogisticRegression } from '../scoring/logisticRegression';

/** Written by `node test/evaluation/calibrate/calibrate.mjs`; see confidence.ts for what the weights are of. */
export const confidenceModel: LogisticRegression = {
  weights: [0.1369, 2.0028, 1.4382],
  intercept: 1.9404,
};
