import type { PromptPart, SpecialTokenName } from '../protocol/promptPart';
import type { HealedPrompt, ModelTokenizer } from './tokenizer';

/** Characters for which a token of the budget is worth encoding: encoding grows faster than the text where it has no blanks. */
const charactersPerToken = 16;
/** Tokens that the budget keeps for the typed end, at a time. */
const typedStep = 8;

export interface PromptTokensOptions {
  readonly specialTokens: Readonly<Partial<Record<SpecialTokenName, number>>>;
  /** Stands before an empty prompt: the model needs one token to start from. */
  readonly documentStart: number;
  readonly tokenHealing: boolean;
}

/** Encodes the parts of a prompt, each within its budget; the end of the last text part is left to token healing. */
export function encodePrompt(
  parts: readonly PromptPart[],
  tokenizer: ModelTokenizer,
  options: PromptTokensOptions,
): HealedPrompt {
  const tokens: number[] = [];
  let healed: HealedPrompt | undefined;
  parts.forEach((part, index) => {
    if (part.kind === 'special') {
      const id = options.specialTokens[part.token];
      if (id !== undefined) tokens.push(id);
      return;
    }
    const text = boundedText(part);
    const isEnd = index === parts.length - 1;
    if (isEnd && options.tokenHealing) {
      healed = tokenizer.encodeForHealing(text);
      // In steps: the tokens of a word get more and fewer while it is typed, and the cut shall not swing with them.
      const reserved = Math.ceil(healed.typedTokens.length / typedStep) * typedStep;
      tokens.push(...cutAtLineEnd(healed.tokens, reserved, part, tokenizer));
    } else {
      tokens.push(...cutAtLineEnd(tokenizer.encodePart(text), 0, part, tokenizer));
    }
  });
  if (tokens.length === 0) tokens.push(options.documentStart);
  return { tokens, typedBytes: healed?.typedBytes ?? '', typedTokens: healed?.typedTokens ?? [] };
}

type TextPart = Extract<PromptPart, { kind: 'text' }>;

/** The end of a text that can matter to its budget; the cut of a kept end moves in steps, like the one of the tokens. */
function boundedText({ text, maxTokens, keep }: TextPart): string {
  const characters = (maxTokens + 1) * charactersPerToken;
  if (text.length <= characters) return text;
  if (keep === 'start') return text.slice(0, characters);
  const step = characters >> 2;
  return text.slice(Math.ceil((text.length - characters) / step) * step);
}

/**
 * Cuts to a budget, of which `reserved` tokens are spent already, at line ends. Where the end is kept, the cut moves in steps of a quarter of the budget: if it moved
 * with every keystroke, no cached row could be used again.
 */
function cutAtLineEnd(
  tokens: readonly number[],
  reserved: number,
  { maxTokens, keep }: TextPart,
  tokenizer: ModelTokenizer,
): readonly number[] {
  const excess = tokens.length + reserved - maxTokens;
  if (excess <= 0) return tokens;
  const endsLine = (index: number): boolean => tokenizer.vocabulary.bytesOf(tokens[index]!).includes('\n');
  if (keep === 'start') {
    const longest = Math.max(0, tokens.length - excess);
    for (let end = longest; end > 0; end--) if (endsLine(end - 1)) return tokens.slice(0, end);
    return tokens.slice(0, longest);
  }
  const step = Math.max(1, maxTokens >> 2);
  const dropped = Math.ceil(excess / step) * step;
  for (let start = dropped; start < Math.min(tokens.length, dropped + step); start++) {
    if (endsLine(start - 1)) return tokens.slice(start);
  }
  return tokens.slice(dropped);
}
