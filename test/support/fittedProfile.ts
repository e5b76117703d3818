import type { ModelProfile } from '../../src/protocol/modelProfile';

/** A calibrated profile, with numbers like those of the bundled model. */
export const fittedProfile: Required<ModelProfile> = {
  confidence: { weights: [0.4, 2, 0.7], intercept: 2 },
  memory: {
    fewAgree: 0.05,
    manyAgree: 0.13,
    manyAgreeAndModelUnsure: 0.4,
    manyTokens: 6,
    sureProbability: 0.6,
    weightOfAgreement: 1.5,
  },
  charactersPerToken: 3.4,
  promptBudget: { prefixTokens: 400, suffixTokens: 300, snippetTokens: 440 },
  longestShortRun: 10,
};
