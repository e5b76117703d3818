import type { CompletionPath } from '../../protocol/completionPath';
import type { CompleteParams, CompleteProgress, CompleteResult } from '../../protocol/messages';
import { forksOf } from '../../decoding/forks';
import { decodePath, type DecodeControl } from '../../decoding/decodePath';
import type { WorkControl } from '../../decoding/cancellation';
import type { Session } from '../sessions';
import { prefill } from '../../decoding/prefill';
import { encodePrompt } from '../../decoding/promptTokens';
import { TokenPath } from '../../decoding/tokenPath';

export interface CompleteControl extends WorkControl {
  /** `performance.now()` at which the request came in. */
  readonly receivedAt: number;
  onProgress?(progress: CompleteProgress): void;
}

/** Completes a prompt: the greedy path, then the alternatives that were asked for, within one time budget. */
export async function completeText(
  session: Session,
  params: CompleteParams,
  control: CompleteControl,
): Promise<CompleteResult> {
  const startedAt = performance.now();
  const budgetMs = params.budgetMs > 0 ? params.budgetMs : Infinity;
  let deadline = params.budgetFrom === 'firstText' ? undefined : control.receivedAt + budgetMs;
  const isLate = (): boolean => deadline !== undefined && performance.now() >= deadline;
  const isCancelled = (): boolean => control.isCancelled();
  const pause = (): Promise<void> => control.pause();
  const { decoder, tokenizer, manifest, memory, specialTokens, profile } = session;
  const { confidence: confidenceModel } = profile;

  const prompt = encodePrompt(params.prompt, tokenizer, {
    specialTokens,
    documentStart: manifest.endOfText[0]!,
    tokenHealing: params.tokenHealing,
  });
  // The last prompt token runs together with the first drafts, whose logits it is needed for.
  const { reusedTokens, isComplete } = await prefill(decoder, prompt.tokens.slice(0, -1), {
    isCancelled,
    pause,
    isLate,
  });
  const prefilledAt = performance.now();
  const prefilledTokens = decoder.cachedTokens.length - reusedTokens;

  const judgeable = (path: CompletionPath): CompletionPath => (confidenceModel ? { ...path, confidenceModel } : path);
  const newPath = (): TokenPath =>
    new TokenPath(
      tokenizer,
      { ...params, endOfText: manifest.endOfText, textBefore: lastText(params) },
      prompt.typedBytes,
    );
  const decode = async (startTokens: readonly number[], isMain: boolean) => {
    const path = newPath();
    const decodeControl: DecodeControl = {
      isCancelled,
      pause,
      isLate,
      onTokens: () => {
        if (!isMain) return;
        const { text } = path.result();
        if (text !== '') deadline ??= performance.now() + budgetMs;
        control.onProgress?.({ text, tokens: path.scoredTokens });
      },
    };
    const { topK, promptLookup } = params;
    const options = { topK, promptLookup, startTokens, typedTokens: prompt.typedTokens, memory, profile };
    const counts = await decodePath(decoder, tokenizer, prompt.tokens, path, options, decodeControl);
    return { path: judgeable(path.result()), counts };
  };

  if (!isComplete) {
    const path = newPath();
    path.finish('budget');
    return { ...judgeable(path.result()), alternatives: [], model: manifest.name, timings: timings(0, 0) };
  }
  const main = await decode(params.startTokens ?? [], true);
  const decodedAt = performance.now();
  const alternatives: CompletionPath[] = [];
  for (const fork of params.alternatives > 0 ? forksOf(main.path) : []) {
    if (alternatives.length >= params.alternatives || isLate()) break;
    const { path } = await decode(fork.startTokens, false);
    const known = [main.path, ...alternatives];
    if (path.text.trim() !== '' && known.every(({ text }) => text !== path.text)) alternatives.push(path);
  }
  const { decodedTokens, acceptedDraftTokens } = main.counts;
  return {
    ...main.path,
    alternatives,
    model: manifest.name,
    timings: timings(decodedTokens, acceptedDraftTokens, decodedAt),
  };

  function timings(decodedTokens: number, acceptedDraftTokens: number, decodedAt = prefilledAt) {
    return {
      queueMs: startedAt - control.receivedAt,
      // The rest of the prompt runs together with the first token that is decoded, or not at all.
      prefillTokens:
        decodedTokens === 0 ? prefilledTokens : prompt.tokens.length - reusedTokens + prompt.typedTokens.length,
      reusedTokens,
      prefillMs: prefilledAt - startedAt,
      decodeMs: decodedAt - prefilledAt,
      decodedTokens,
      acceptedDraftTokens,
    };
  }
}

function lastText({ prompt }: CompleteParams): string {
  const last = prompt.at(-1);
  return last?.kind === 'text' ? last.text : '';
}
