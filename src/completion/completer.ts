import type { DocumentContext } from '../protocol/documentContext';
import type { FillInTheMiddle } from '../protocol/promptPart';
import { type Prompt, promptOfParts } from './prompt/lastingPrompt';
import { buildPrompt, type PromptContent, type PromptProfile } from './prompt/prompt';
import { reasonAgainstOffering } from './judge/worthOffering';
import { cutTokens } from '../protocol/completionPath';
import { SnippetChoice } from './snippets/snippetChoice';
import { type RuleName, trimCompletion } from './trim/trimCompletion';
import type { Engine, RequestOptions } from '../protocol/engine';
import type {
  CompleteParams,
  CompleteProgress,
  CompleteResult,
  CompletionPath,
  PromptPart,
} from '../protocol/messages';

export interface CompletionOptions {
  readonly topK: number;
  /** Other completions wanted besides the best one. */
  readonly alternatives: number;
  readonly maxTokens: number;
  readonly multiLine: boolean;
  /** Milliseconds after which what is there is returned; 0 is no limit. */
  readonly budgetMs: number;
  /** `firstText` for who would rather wait than get nothing: the time before it is not counted. */
  readonly budgetFrom?: CompleteParams['budgetFrom'];
  /** Of the same document, where it was built before; built otherwise. */
  readonly prompt?: Prompt;
  readonly promptLookup?: boolean;
  readonly tokenHealing?: boolean;
  /** Token ids that the completion has to begin with: a fork from another candidate. */
  readonly startTokens?: readonly number[];
}

/** What every completion is made with; what is left out of it is on. */
export interface CompleterOptions extends PromptContent {
  /** For requests that do not say it themselves. */
  readonly promptLookup?: boolean;
  /** For requests that do not say it themselves. */
  readonly tokenHealing?: boolean;
  readonly disabledRules?: ReadonlySet<RuleName>;
  /** How the engine's model fills in the middle, if it was trained to; asked for every prompt, as the model may change. */
  fillInTheMiddle?(): FillInTheMiddle | undefined;
  /** What was measured of the engine's model; asked for every prompt. A neutral one where there is none. */
  profile?(): PromptProfile | undefined;
}

/** A path after the trim rules, and how it goes into the document. */
export interface TrimmedPath extends CompletionPath {
  /** Characters of the rest of the line that the completion takes the place of. */
  readonly replaceLength: number;
  /** Rules that changed the text. */
  readonly appliedRules: readonly RuleName[];
}

export interface Completion extends CompleteResult, TrimmedPath {
  readonly alternatives: readonly TrimmedPath[];
}

type CompletionClient = Pick<Engine, 'complete' | 'warmPrompt'>;

/** The way from a document to a completion: one path for the editor, the command line and the evaluation. */
export class Completer {
  private readonly snippetChoice = new SnippetChoice();

  constructor(
    private readonly client: CompletionClient,
    private readonly options: CompleterOptions = {},
  ) {}

  /** Brings a prompt into the engine's cache; any other request goes first. */
  async warmPrompt({ parts }: Prompt, request: RequestOptions = {}): Promise<void> {
    await this.client.warmPrompt(parts, request);
  }

  /**
   * What the model is given for a place; an evaluation scores the text that really follows behind the same. Other snippets
   * are chosen where the caret is far from where the last ones were.
   */
  promptOf(document: DocumentContext): Prompt {
    return promptOfParts(document.path, this.promptParts(document));
  }

  async complete(
    document: DocumentContext,
    options: CompletionOptions,
    request: RequestOptions<CompleteProgress> = {},
  ): Promise<Completion> {
    const { prompt = this.promptOf(document) } = options;
    const { topK, alternatives: wanted, maxTokens, multiLine, budgetMs, budgetFrom, startTokens } = options;
    const promptLookup = options.promptLookup ?? this.options.promptLookup ?? true;
    const tokenHealing = options.tokenHealing ?? this.options.tokenHealing ?? true;
    const result = await this.client.complete(
      {
        topK,
        alternatives: wanted,
        maxTokens,
        multiLine,
        budgetMs,
        promptLookup,
        tokenHealing,
        ...(budgetFrom && { budgetFrom }),
        ...(startTokens && { startTokens }),
        prompt: prompt.parts,
      },
      request,
    );
    const trim = (path: CompletionPath): TrimmedPath => this.trim(path, document, multiLine);
    const main = trim(result);
    const alternatives: TrimmedPath[] = [];
    for (const alternative of result.alternatives.map(trim)) {
      const { text, replaceLength } = alternative;
      const isKnown = [main, ...alternatives].some((path) => path.text === text);
      if (!isKnown && !reasonAgainstOffering(text, document.suffix.slice(0, replaceLength))) {
        alternatives.push(alternative);
      }
    }
    return { ...result, ...main, alternatives };
  }

  private promptParts(document: DocumentContext): PromptPart[] {
    const { snippetChoice, options } = this;
    const { path, suffix, snippets } = options;
    const [fillInTheMiddle, profile] = [options.fillInTheMiddle?.(), options.profile?.()];
    return buildPrompt(document, { path, suffix, snippets, snippetChoice, fillInTheMiddle, profile });
  }

  private trim(path: CompletionPath, { prefix, suffix, languageId }: DocumentContext, multiLine: boolean): TrimmedPath {
    const { disabledRules } = this.options;
    const trimmed = trimCompletion(
      { text: path.text, prefix, suffix, multiLine, languageId, stopReason: path.stopReason },
      disabledRules && { disabled: disabledRules },
    );
    return {
      ...path,
      text: trimmed.text,
      tokens: cutTokens(path.tokens, trimmed.text.length),
      replaceLength: trimmed.replaceLength,
      appliedRules: trimmed.applied,
    };
  }
}
