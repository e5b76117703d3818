import { checkpoint, type WorkControl } from './cancellation';
import { commonPrefixLength, type LanguageModel } from './languageModel';

/** Tokens in one run: as fast per token as longer runs (32 are 15 % slower), and the longest time a cancel goes unseen. */
export const chunkTokens = 48;

export interface PrefillResult {
  readonly reusedTokens: number;
  /** False where the deadline passed; the rows computed so far stay in the cache for the next request. */
  readonly isComplete: boolean;
}

/** Brings `tokens` into the model's cache, keeping the rows of the longest common prefix with what is there. */
export async function prefill(
  model: LanguageModel,
  tokens: readonly number[],
  control: WorkControl & { isLate(): boolean },
): Promise<PrefillResult> {
  const reusedTokens = commonPrefixLength(model.cachedTokens, tokens);
  model.truncate(reusedTokens);
  for (let start = reusedTokens; start < tokens.length; start += chunkTokens) {
    await checkpoint(control);
    if (control.isLate()) return { reusedTokens, isComplete: false };
    await model.append(tokens.slice(start, start + chunkTokens), 1);
  }
  return { reusedTokens, isComplete: true };
}
