import type { FillInTheMiddle, SpecialTokenName } from '../protocol/promptPart';

type FimTokens = Readonly<Record<Extract<SpecialTokenName, `fim${string}`>, string>>;

/** How a model is asked to fill in the middle. */
export interface FimTemplate {
  readonly order: FillInTheMiddle;
  /** The special tokens as the vocabulary spells them. */
  readonly tokens: FimTokens;
}

const named = (fimPrefix: string, fimSuffix: string, fimMiddle: string): FimTokens => ({
  fimPrefix,
  fimSuffix,
  fimMiddle,
});

/**
 * Spellings by family, from the templates of continuedev/continue (AutocompleteTemplate.ts), TabbyML/registry-tabby and
 * llama.cpp (llama-vocab.cpp). Families that need text between the tokens, or have no token for the middle (CodeLlama,
 * Codestral), are not among them: they are asked with the suffix as a block, as models without any of this.
 */
const templates: readonly FimTemplate[] = [
  // Qwen2.5-Coder, CodeGemma, Granite 4
  { order: 'prefixFirst', tokens: named('<|fim_prefix|>', '<|fim_suffix|>', '<|fim_middle|>') },
  // StarCoder, StarCoder2, StableCode, Granite Code, CodeQwen1.5, Refact
  { order: 'prefixFirst', tokens: named('<fim_prefix>', '<fim_suffix>', '<fim_middle>') },
  // SantaCoder
  { order: 'prefixFirst', tokens: named('<fim-prefix>', '<fim-suffix>', '<fim-middle>') },
  // DeepSeek-Coder: begin, hole and end stand before prefix, suffix and middle
  { order: 'prefixFirst', tokens: named('<｜fim▁begin｜>', '<｜fim▁hole｜>', '<｜fim▁end｜>') },
  // GLM-4.5
  { order: 'prefixFirst', tokens: named('<|code_prefix|>', '<|code_suffix|>', '<|code_middle|>') },
  // Falcon-H1-Tiny-Coder
  { order: 'prefixFirst', tokens: named('<|prefix|>', '<|suffix|>', '<|middle|>') },
  // Seed-Coder
  { order: 'suffixFirst', tokens: named('<[fim-prefix]>', '<[fim-suffix]>', '<[fim-middle]>') },
];

/** Families with the spelling of another one that were trained suffix first. */
const suffixFirstNames = /mellum/i;

/**
 * The template of a model by its vocabulary; undefined where it was not trained to fill in the middle.
 *
 * @param hasToken whether the vocabulary has a special token of this spelling.
 * @param modelName tells families apart that share a spelling.
 */
export function fimTemplateOf(hasToken: (token: string) => boolean, modelName: string): FimTemplate | undefined {
  const template = templates.find(({ tokens }) => Object.values(tokens).every(hasToken));
  return template && suffixFirstNames.test(modelName) ? { ...template, order: 'suffixFirst' } : template;
}
