import { checkpoint, type WorkControl } from './cancellation';
import { commonPrefixLength, type LanguageModel } from './languageModel';

/** Tokens in one run, longest first: 96 take 0.86 times the time of two runs of 48, longer runs gain nothing more. */
const runLengths = [96, 48, 24] as const;
/** Nothing can be stopped inside a run, and 95 of 100 cancels shall be seen within 80 ms. */
const longestRunMs = 75;
/** Where little time is left. */
const shortestRun = 12;

export interface PrefillControl extends WorkControl {
  /** The time budget is used up. */
  isLate(): boolean;
  /** Milliseconds that are left of it; without it there is no budget. */
  remainingMs?(): number;
}

export interface PrefillResult {
  readonly reusedTokens: number;
  /** False where the deadline passed; the rows computed so far stay in the cache for the next request. */
  readonly isComplete: boolean;
}

/** Brings `tokens` into the model's cache, keeping the rows of the longest common prefix with what is there. */
export async function prefill(
  model: LanguageModel,
  tokens: readonly number[],
  control: PrefillControl,
): Promise<PrefillResult> {
  const reusedTokens = commonPrefixLength(model.cachedTokens, tokens);
  model.truncate(reusedTokens);
  for (let start = reusedTokens; start < tokens.length; start = model.cachedTokens.length) {
    await checkpoint(control);
    if (control.isLate()) return { reusedTokens, isComplete: false };
    await model.append(tokens.slice(start, start + runLength(model.millisecondsPerToken, control.remainingMs?.())), 1);
  }
  return { reusedTokens, isComplete: true };
}

/**
 * How many tokens this machine runs before the next look at cancellation; the middle one as long as its pace is unknown. What
 * is left of a budget makes a run shorter, since nothing can be stopped inside it.
 */
export function runLength(millisecondsPerToken: number | undefined, remainingMs = Infinity): number {
  if (remainingMs < longestRunMs) {
    const pace = millisecondsPerToken ?? Infinity;
    return runLengths.find((length) => length * pace <= remainingMs) ?? shortestRun;
  }
  if (millisecondsPerToken === undefined) return runLengths[1];
  return runLengths.find((length) => length * millisecondsPerToken <= longestRunMs) ?? runLengths.at(-1)!;
}
