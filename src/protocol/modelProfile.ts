/** A fitted model on raw features: probability = sigmoid(intercept + sum(weights[j] * features[j])). */
export interface LogisticRegression {
  readonly weights: readonly number[];
  readonly intercept: number;
}

/** How much of a position the workspace memory decides; see decoding/memoryBlend. */
export interface MemoryProfile {
  /** Share where fewer than `manyTokens` tokens agree, 0 to 1. */
  readonly fewAgree: number;
  readonly manyAgree: number;
  /** Share where many agree and the model's best entry has less than `sureProbability`. */
  readonly manyAgreeAndModelUnsure: number;
  readonly manyTokens: number;
  readonly sureProbability: number;
  /** How much more a place counts that agrees in one more token. */
  readonly weightOfAgreement: number;
}

/** Tokens of the prompt by what they are spent on. */
export interface PromptBudget {
  /** The text before the caret. */
  readonly prefixTokens: number;
  /** The lines behind the caret. */
  readonly suffixTokens: number;
  /** Similar parts of this and other files, all together. */
  readonly snippetTokens: number;
}

/** What was measured of one model, and holds for no other. */
export interface ModelProfile {
  /**
   * Turns the probabilities of a completion's tokens into the chance that it is right; see completion/judge/confidence for the
   * features. Absent where nobody calibrated the model.
   */
  readonly confidence?: LogisticRegression;
  readonly memory: MemoryProfile;
  /** Mean over code and prose; what is cut by it need not be exact. */
  readonly charactersPerToken: number;
  readonly promptBudget: PromptBudget;
  /** Tokens of the longest run that rounds as single steps do: longer drafts could change the output. */
  readonly longestShortRun: number;
}

/**
 * For a model that says nothing of itself. The memory has the least share that was ever fitted, wherever it agrees; prompts
 * are as long as the bundled model's, whose tokenizer and speed are those of a small model.
 */
export const neutralProfile: ModelProfile = {
  memory: {
    fewAgree: 0.05,
    manyAgree: 0.05,
    manyAgreeAndModelUnsure: 0.05,
    manyTokens: 6,
    sureProbability: 0.6,
    weightOfAgreement: 1.5,
  },
  charactersPerToken: 3.4,
  promptBudget: { prefixTokens: 400, suffixTokens: 300, snippetTokens: 440 },
  longestShortRun: 10,
};
