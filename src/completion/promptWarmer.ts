import type { Completer } from './completer';
import type { Prompt } from './prompt/lastingPrompt';

/**
 * Brings the prompt of a new place into the engine's cache at its first key, while the completion still waits for a pause:
 * what stands before the text at the caret is most of a cold answer's time, and typing does not change it.
 */
export class PromptWarmer {
  private warmedKey: string | undefined;
  private latest = new AbortController();

  constructor(private readonly completer: Pick<Completer, 'warmPrompt'>) {}

  /**
   * Does nothing where the prompt begins as it did the last time; takes back what is under way for another place.
   * @throws what the engine throws, and its cancellation.
   */
  async warmPrompt(prompt: Prompt): Promise<void> {
    const { lastingKey } = prompt;
    if (lastingKey === this.warmedKey) return;
    this.warmedKey = lastingKey;
    this.latest.abort();
    this.latest = new AbortController();
    try {
      await this.completer.warmPrompt(prompt, { signal: this.latest.signal });
    } catch (error) {
      if (this.warmedKey === lastingKey) this.warmedKey = undefined;
      throw error;
    }
  }
}
