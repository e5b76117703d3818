import type { CompletionPath } from '../../protocol/completionPath';
import type { DocumentContext } from '../../protocol/documentContext';
import { type RememberedPart, rememberedParts } from '../../protocol/rememberedParts';
import { decideToShow } from '../../completion/judge/showDecision';
import type { Completer, CompletionOptions } from '../../completion/completer';
import type { Engine, RequestOptions } from '../../protocol/engine';
import type { Timings } from '../../protocol/messages';
import type { CaseResult } from '../judge/caseResult';
import type { EvaluationCase } from '../suite/suite';

/** What is evaluated: the editor's own completer, or one that stands in for it as a baseline. */
export interface EvaluatedCompleter extends Pick<Completer, 'warmPrompt' | 'promptOf'> {
  /** Whether the engine remembers the files of a case, as it does in an editor. */
  readonly usesMemory: boolean;
  complete(document: DocumentContext, options: CompletionOptions, request?: RequestOptions): Promise<Answer>;
}

interface Answer extends CompletionPath {
  /** Characters behind the caret that the text takes the place of. */
  readonly replaceLength: number;
  readonly timings: Timings;
}

export interface CaseSettings {
  readonly completion: CompletionOptions;
  /** Confidence from which a completion is shown, 0 to 1. */
  readonly minimumConfidence: number;
  /** Whether to measure the answers while the end of the prefix is typed as well. */
  readonly types: boolean;
}

export interface CaseControl {
  readonly completer: EvaluatedCompleter;
  readonly client: Pick<Engine, 'scoreContinuation' | 'rememberFiles'>;
  readonly signal: AbortSignal;
  /** Milliseconds on a clock that never goes back. */
  now(): number;
}

/** Characters typed one by one where latency while typing is measured: about a word and a separator. */
const typedCharacters = 8;

/**
 * Evaluates one case. The engine's cache holds the prompt of the case before, which shares little with this one, so the
 * measured completion is a cold one: all of its prompt is prefilled. The scores of the expected text and the answers while
 * typing come after it, and find the cache as the editor would.
 */
export async function evaluateCase(
  one: EvaluationCase,
  { completion: options, minimumConfidence, types }: CaseSettings,
  { completer, client, signal, now }: CaseControl,
): Promise<CaseResult> {
  const document = documentOf(one);
  await client.rememberFiles({ replaceAll: true, files: completer.usesMemory ? rememberedFiles(one) : [] }, { signal });
  const startedAt = now();
  const answer = await completer.complete(document, options, { signal });
  const latencyMs = now() - startedAt;
  const { show, confidence } = decideToShow(answer, document.suffix, minimumConfidence);
  const { ranks, bits } = await client.scoreContinuation(
    { prompt: completer.promptOf(document).parts, expected: one.expected },
    { signal },
  );
  const typingMs: number[] = [];
  for (const [index, typed] of (types ? prefixesWhileTyping(one.prefix) : []).entries()) {
    if (index === 0) {
      await completer.warmPrompt(completer.promptOf({ ...document, prefix: typed }), { signal });
      continue;
    }
    const askedAt = now();
    await completer.complete({ ...document, prefix: typed }, options, { signal });
    typingMs.push(now() - askedAt);
  }
  const { prefillTokens, reusedTokens, prefillMs, decodeMs } = answer.timings;
  return {
    case: one,
    completionText: insertedText(answer, one.suffix),
    confidence,
    shown: show,
    topKRankOfExpectedTokens: ranks,
    bits,
    promptTokens: prefillTokens + reusedTokens,
    latencyMs,
    prefillMs,
    decodeMs,
    typingMs,
  };
}

/** A case as the editor sees its place. */
export function documentOf({ path, language, prefix, suffix, openFiles }: EvaluationCase): DocumentContext {
  return { path, languageId: language, prefix, suffix, openFiles };
}

/** What an editor would have put into the workspace memory: the open files, and the document but for the caret's line. */
export function rememberedFiles({ path, prefix, suffix, openFiles = [] }: EvaluationCase): RememberedPart[] {
  return [
    ...openFiles.map((file) => ({ name: file.path, text: file.text })),
    ...rememberedParts(path, prefix + suffix, prefix.length),
  ];
}

/** The prefix before its last characters were typed, then with one more of them each time, up to the whole. */
function prefixesWhileTyping(prefix: string): string[] {
  const typed = Array.from(prefix.slice(-2 * typedCharacters)).slice(-typedCharacters);
  let before = prefix.slice(0, prefix.length - typed.join('').length);
  return [before, ...typed.map((character) => (before += character))];
}

/**
 * The text that accepting adds to the document. Closers that the editor typed ahead are replaced by the completion's own,
 * which come at its end; they were there before and are not counted as new.
 */
export function insertedText({ text, replaceLength }: Pick<Answer, 'text' | 'replaceLength'>, suffix: string): string {
  const replaced = suffix.slice(0, replaceLength);
  return text.endsWith(replaced) ? text.slice(0, text.length - replaced.length) : text;
}
