import type { DocumentContext } from '../protocol/documentContext';
import type { Completer } from './completer';

/**
 * Brings the prompt of a new place into the engine's cache at its first key, while the completion still waits for a pause:
 * what stands before the text at the caret is most of a cold answer's time, and typing does not change it.
 */
export class PromptWarmer {
  private warmed = '';
  private latest = new AbortController();

  constructor(private readonly completer: Pick<Completer, 'promptOf' | 'warmPrompt'>) {}

  /**
   * Does nothing where the prompt begins as it did the last time; takes back what is under way for another place.
   * @throws what the engine throws, and its cancellation.
   */
  async warmPrompt(document: DocumentContext): Promise<void> {
    const lasting = this.completer
      .promptOf(document)
      .filter((part) => part.kind === 'special' || part.keep === 'start');
    const place = JSON.stringify([document.path, lasting]);
    if (place === this.warmed) return;
    this.warmed = place;
    this.latest.abort();
    this.latest = new AbortController();
    try {
      await this.completer.warmPrompt(document, { signal: this.latest.signal });
    } catch (error) {
      if (this.warmed === place) this.warmed = '';
      throw error;
    }
  }
}
