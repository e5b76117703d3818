/** Tokens of the prompt by what they are spent on. */
export interface PromptBudget {
  /** The text before the caret. */
  readonly prefixTokens: number;
  /** The lines behind the caret. */
  readonly suffixTokens: number;
  /** Similar parts of this and other files, all together. */
  readonly snippetTokens: number;
}

/** Measured on the tuning suite, see docs/evaluation.md; all of it together is one to three seconds of prefill on two cores, once. */
export const defaultPromptBudget: PromptBudget = { prefixTokens: 400, suffixTokens: 300, snippetTokens: 440 };

/** Mean over the code and prose of the tuning suite with SmolLM2's tokenizer; what is cut by it need not be exact. */
export const charactersPerToken = 3.4;

/** No ordinary text has more characters a token than this: indentation, mostly. The engine cuts to the exact budget. */
export const longestToken = 6;
