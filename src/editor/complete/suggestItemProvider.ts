import * as vscode from 'vscode';
import { percent } from '../../text/markdown';
import { nextWords } from '../../completion/offer/nextWord';
import { tokenCard } from '../../completion/explain/scoreCard';
import type { Completer } from '../../completion/completer';
import { isCancelled } from '../../protocol/engineError';
import { caretContextAt } from './caretContext';
import type { EngineSupervisor } from '../engine/engineSupervisor';
import { reasonToSkip } from './gate';
import type { PlaceChecks } from './placeChecks';
import type { Settings } from '../settings/settings';

export interface SuggestItemServices {
  readonly completer: Completer;
  readonly engine: EngineSupervisor;
  readonly places: PlaceChecks;
  settingsFor(document: vscode.TextDocument): Settings;
  reportError(error: unknown): void;
}

/** Enough tokens for a word. */
const wordTokens = 4;

/** The most probable next words in the suggest widget, for those who set `topK.suggestItems`. */
export class SuggestItemProvider implements vscode.CompletionItemProvider {
  constructor(private readonly services: SuggestItemServices) {}

  async provideCompletionItems(
    document: vscode.TextDocument,
    position: vscode.Position,
    token: vscode.CancellationToken,
  ): Promise<vscode.CompletionItem[]> {
    const { completer, engine, places } = this.services;
    try {
      const settings = this.services.settingsFor(document);
      // Before anything is read of the document: most never set it, and this is asked for at every word.
      if (!settings.suggestItems || !engine.isReady) return [];
      const caret = caretContextAt(document, position);
      const place = { document, caret, settings, obeysPreferences: true, ...places.check(document) };
      if (reasonToSkip(place) !== undefined) return [];
      const controller = new AbortController();
      const cancelling = token.onCancellationRequested(() => controller.abort());
      const { candidates: topK, budgetMs } = settings;
      const options = { topK, alternatives: topK - 1, maxTokens: wordTokens, multiLine: false, budgetMs };
      const completion = await completer
        .complete(caret.document, options, { signal: controller.signal })
        .finally(() => cancelling.dispose());
      const typed = /[\p{L}\p{N}_$]*$/u.exec(caret.linePrefix)![0];
      const range = new vscode.Range(position.translate(0, -typed.length), position);
      return nextWords([completion, ...completion.alternatives]).map((word, rank) => {
        const insertText = typed + word.text;
        const label = { label: insertText.trim(), description: `${percent(word.probability)} Top-K` };
        const item = new vscode.CompletionItem(label, vscode.CompletionItemKind.Text);
        return Object.assign(item, {
          insertText,
          range,
          filterText: insertText,
          sortText: `~${String(rank).padStart(3, '0')}`,
          documentation: new vscode.MarkdownString(tokenCard(word.tokens[0]!, completion.model)),
        });
      });
    } catch (error) {
      if (!isCancelled(error)) this.services.reportError(error);
      return [];
    }
  }
}
