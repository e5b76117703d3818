import type { ModelProfile } from '../protocol/modelProfile';
import { DraftLength, lookUpDraft } from './promptLookup';
import { blendMemory } from './memoryBlend';
import { constrainToTypedText } from './tokenHealing';
import type { WorkspaceMemory } from './workspaceMemory';
import { scorePosition } from '../scoring/positionScores';
import { checkpoint, type WorkControl } from './cancellation';
import { commonPrefixLength, type LanguageModel } from './languageModel';
import type { TokenPath } from './tokenPath';
import type { ModelTokenizer } from './tokenizer';

/** Logits of every position of a run are in memory at once: 200 kB each. */
const longestRun = 48;

export interface DecodeOptions {
  readonly topK: number;
  readonly promptLookup: boolean;
  /** Ids that the path has to begin with. */
  readonly startTokens: readonly number[];
  /** How the tokenizer split the typed text: the first draft. */
  readonly typedTokens: readonly number[];
  readonly memory: WorkspaceMemory;
  readonly profile: Pick<ModelProfile, 'memory' | 'longestShortRun'>;
}

export interface DecodeControl extends WorkControl {
  /** The time budget is used up. */
  isLate(): boolean;
  /** After every run that added tokens. */
  onTokens(): void;
}

export interface DecodeCounts {
  decodedTokens: number;
  acceptedDraftTokens: number;
}

/**
 * Greedy decoding from the end of `promptTokens`, several positions a run: the start tokens, the typed text as the
 * tokenizer splits it, and drafts from the prompt or the memory are checked together. A draft is taken only where it is
 * the token that plain greedy decoding would have chosen. The memory has its share in what is chosen (see blendMemory).
 *
 * The prompt but its last token should be in the cache; what is missing is run first.
 */
export async function decodePath(
  model: LanguageModel,
  tokenizer: ModelTokenizer,
  promptTokens: readonly number[],
  path: TokenPath,
  options: DecodeOptions,
  control: DecodeControl,
): Promise<DecodeCounts> {
  const { memory, profile } = options;
  // Together with the token before it a draft is a run of the most tokens that round as single steps do.
  const longestDraft = profile.longestShortRun - 1;
  const draftLength = new DraftLength(longestDraft);
  const counts: DecodeCounts = { decodedTokens: 0, acceptedDraftTokens: 0 };
  while (!path.isFinished) {
    const context = [...promptTokens, ...path.tokenIds];
    const room = Math.min(longestRun, model.contextLength - context.length);
    if (room < 1) return finish(path, 'max tokens', counts);
    await checkpoint(control);
    if (control.isLate() && path.tokenIds.length >= options.startTokens.length) return finish(path, 'budget', counts);

    const forced = options.startTokens.slice(path.tokenIds.length);
    const expected = forced.length > 0 ? forced : expectedTyped(path, options);
    const draftRoom =
      forced.length > 0 ? 0 : Math.min(draftLength.current, Math.min(longestDraft, room - 1) - expected.length);
    const looked = options.promptLookup ? draftOf([...context, ...expected], memory, draftRoom) : [];
    const draft = [...expected, ...looked].slice(0, room - 1);

    const base = commonPrefixLength(model.cachedTokens, context.slice(0, -1));
    model.truncate(base);
    const run = [...context.slice(base), ...draft];
    const logits = await model.append(run, draft.length + 1);
    let accepted = 0;
    for (let i = 0; i <= draft.length && !path.isFinished; i++) {
      const row = logits.subarray(i * model.vocabularySize, (i + 1) * model.vocabularySize);
      const blended = blendMemory(row, memory.matches([...context, ...draft.slice(0, i)]), profile.memory);
      const allowed = constrainToTypedText(blended, path.typed, tokenizer.vocabulary);
      const scores = scorePosition(allowed, options.topK, options.startTokens[path.tokenIds.length]);
      const isAccepted = i < draft.length && scores.chosen.id === draft[i];
      const isDrafted = isAccepted && i >= expected.length;
      path.push(scores, row, isDrafted);
      counts.decodedTokens++;
      if (isDrafted) counts.acceptedDraftTokens++;
      if (!isAccepted) break;
      accepted++;
    }
    draftLength.record(looked.length, Math.max(0, accepted - expected.length));
    model.truncate(context.length + accepted);
    control.onTokens();
  }
  return counts;
}

/** What followed the same tokens in the prompt, else in the workspace. */
function draftOf(tokens: readonly number[], memory: WorkspaceMemory, limit: number): number[] {
  const fromPrompt = lookUpDraft(tokens, limit);
  return fromPrompt.length > 0 ? fromPrompt : memory.draft(tokens, limit);
}

/** The rest of the typed text as the tokenizer splits it, as long as the path followed that split so far. */
function expectedTyped(path: TokenPath, { typedTokens }: DecodeOptions): readonly number[] {
  const done = path.tokenIds.length;
  if (path.typed.isConsumed || commonPrefixLength(path.tokenIds, typedTokens) < done) return [];
  return typedTokens.slice(done);
}

function finish(path: TokenPath, reason: 'max tokens' | 'budget', counts: DecodeCounts): DecodeCounts {
  path.finish(reason);
  return counts;
}
