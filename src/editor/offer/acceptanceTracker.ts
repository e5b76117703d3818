import * as vscode from 'vscode';
import { dropTyped } from '../../protocol/completionPath';
import type { TrimmedPath } from '../../completion/completer';
import type { AcceptanceFigures } from './acceptanceStore';
import type { AcceptedCompletions } from './acceptedCompletions';
import type { AcceptedArguments } from '../complete/inlineItems';
import { agreeingPaths, type LiveCompletion, type LiveCompletionStore } from './liveCompletion';

/** Characters that are still there after this long were worth accepting. */
const retainedAfterMs = 30_000;

/**
 * Learns what was accepted. The stable API tells of whole completions only (the item's command); accepting by word or line
 * shows as one insertion of several characters that the completion began with.
 */
export class AcceptanceTracker implements vscode.Disposable {
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly listening = vscode.workspace.onDidChangeTextDocument((event) => this.inferPartial(event));
  /** The completion on offer before the change that is being looked at. */
  private offered: LiveCompletion | undefined;
  /** Of the newest change: VS Code tells of that before it runs the item's command. */
  private insertedLength = 0;

  constructor(
    private readonly live: LiveCompletionStore,
    private readonly accepted: AcceptedCompletions,
    private readonly figures: AcceptanceFigures,
  ) {
    live.onDidChange((now) => {
      if (now) this.offered = now;
    });
  }

  /** The item's command: VS Code inserted a completion. */
  acceptedWhole({ completionId, pathIndex, typedLength }: AcceptedArguments): void {
    const live = this.offered;
    const document = vscode.window.activeTextEditor?.document;
    if (live?.computed.id !== completionId || document?.uri.toString() !== live.documentUri) return;
    const path = agreeingPaths({ ...live, typedLength })[pathIndex];
    if (!path) return;
    // Not what was left when VS Code last asked: it accepts what is on the screen, with the letter typed since.
    this.remember(document, live, path, 'whole', this.insertedLength);
    this.live.set(undefined);
  }

  dispose(): void {
    this.listening.dispose();
    for (const timer of this.timers) clearTimeout(timer);
  }

  private inferPartial({ document, contentChanges, reason }: vscode.TextDocumentChangeEvent): void {
    const live = this.offered;
    const [change] = contentChanges;
    const inserted = change?.text.replaceAll('\r\n', '\n') ?? '';
    if (change) this.insertedLength = inserted.length;
    if (!live || !change || contentChanges.length > 1 || reason !== undefined) return;
    if (document.uri.toString() !== live.documentUri || !change.range.start.isEqual(live.position)) return;
    const acceptedLength = live.typedLength + inserted.length;
    // Which path is on the screen nobody tells: the first that begins so.
    const whole = agreeingPaths(live).find(
      ({ text }) => text.length > acceptedLength && text.startsWith(inserted, live.typedLength),
    );
    // One character is typing; all of it is told by the item's command.
    if (inserted.length < 2 || !whole) return;
    const path = { ...whole, tokens: beginning(whole, acceptedLength) };
    const isLine = whole.text[acceptedLength] === '\n' || inserted.endsWith('\n');
    this.remember(document, live, path, isLine ? 'line' : 'word', inserted.length);
  }

  private remember(
    document: vscode.TextDocument,
    { computed }: LiveCompletion,
    path: TrimmedPath,
    how: 'whole' | 'word' | 'line',
    characters: number,
  ): void {
    const { id: completionId, completion } = computed;
    const start = document.offsetAt(computed.context.position);
    this.accepted.remember(document, { start, path, model: completion.model, completionId });
    const { languageId, uri } = document;
    this.figures.recordAccepted(languageId, how, characters);
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      const retained = this.accepted.retainedCharacters(uri.toString(), completionId);
      this.figures.recordRetained(languageId, Math.min(retained, characters));
    }, retainedAfterMs);
    this.timers.add(timer);
  }
}

function beginning(path: TrimmedPath, length: number) {
  const rest = dropTyped(path, length).tokens.length;
  return path.tokens.slice(0, path.tokens.length - rest);
}
