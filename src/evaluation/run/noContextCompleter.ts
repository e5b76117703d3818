import type { DocumentContext } from '../../protocol/documentContext';
import { type Prompt, promptOfParts } from '../../completion/prompt/lastingPrompt';
import { prefixWindow } from '../../completion/prompt/prompt';
import type { CompletionOptions } from '../../completion/completer';
import type { Engine, RequestOptions } from '../../protocol/engine';
import type { EvaluatedCompleter } from './evaluateCase';

/** Prefix of the baseline that the project's first figures were taken with. */
const prefixTokens = 400;
const charactersPerToken = 6;

/**
 * The baseline of every comparison: the model with the end of the prefix and token healing, and nothing else. No path, no
 * other files, no rule that trims the answer. Drafts stay on: they change the time and not the answer, and a comparison of
 * latencies should be about the context.
 */
export class NoContextCompleter implements EvaluatedCompleter {
  readonly usesMemory = false;

  constructor(private readonly client: Pick<Engine, 'complete' | 'warmPrompt'>) {}

  async warmPrompt({ parts }: Prompt, request: RequestOptions = {}): Promise<void> {
    await this.client.warmPrompt(parts, request);
  }

  async complete(
    document: DocumentContext,
    { topK, alternatives, maxTokens, multiLine, budgetMs, promptLookup = true }: CompletionOptions,
    request: RequestOptions = {},
  ) {
    const params = { topK, alternatives, maxTokens, multiLine, budgetMs, promptLookup, tokenHealing: true };
    const result = await this.client.complete({ ...params, prompt: this.promptOf(document).parts }, request);
    return { ...result, replaceLength: 0 };
  }

  promptOf({ path, prefix }: DocumentContext): Prompt {
    const text = prefixWindow(prefix, prefixTokens * charactersPerToken);
    return promptOfParts(path, [{ kind: 'text', text, maxTokens: prefixTokens, keep: 'end' }]);
  }
}
