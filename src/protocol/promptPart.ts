/** Names of special tokens that a model's manifest may map to ids. A part that the model lacks is left out. */
export const specialTokenNames = ['fileSeparator', 'fimPrefix', 'fimSuffix', 'fimMiddle'] as const;
export type SpecialTokenName = (typeof specialTokenNames)[number];

/** A piece of the prompt: text, cut to a token budget at line ends, or one of the model's special tokens. */
export type PromptPart =
  | {
      readonly kind: 'text';
      readonly text: string;
      /** Tokens this part may have; more is cut at line ends. */
      readonly maxTokens: number;
      /** Which end survives the cut: the text before the caret keeps its end, a snippet its start. */
      readonly keep: 'start' | 'end';
    }
  | { readonly kind: 'special'; readonly token: SpecialTokenName };

/** Which side of the caret a model was trained to read first; the rest of the order follows: the middle comes last. */
export type FillInTheMiddle = 'prefixFirst' | 'suffixFirst';
