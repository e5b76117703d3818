import * as vscode from 'vscode';
import { dropTyped } from '../../protocol/completionPath';
import type { TrimmedPath } from '../../completion/completer';
import type { AcceptanceFigures } from './acceptanceStore';
import type { AcceptedCompletions } from './acceptedCompletions';
import type { AcceptedArguments } from '../complete/inlineItems';
import { agreeingPaths, type Offer } from './offer';
import type { Offers } from './offers';

/** Characters that are still there after this long were worth accepting. */
const retainedAfterMs = 30_000;

/**
 * Learns what was accepted. The stable API tells of whole completions only (the item's command); accepting by word or line
 * shows as one insertion of several characters that the completion began with.
 */
export class AcceptanceTracker implements vscode.Disposable {
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly listening = vscode.workspace.onDidChangeTextDocument((event) => this.inferPartial(event));
  /** Of the newest change: VS Code tells of that before it runs the item's command. */
  private insertedLength = 0;

  constructor(
    private readonly offers: Offers,
    private readonly accepted: AcceptedCompletions,
    private readonly figures: AcceptanceFigures,
  ) {}

  /** The item's command: VS Code inserted a completion. */
  acceptedWhole({ completionId, text }: AcceptedArguments): void {
    const offer = this.offers.latest;
    const document = vscode.window.activeTextEditor?.document;
    if (offer?.id !== completionId || document?.uri.toString() !== offer.context.documentUri) return;
    const path = [offer.completion, ...offer.completion.alternatives].find((one) => one.text === text);
    if (!path) return;
    // Not what was left when VS Code last asked: it accepts what is on the screen, with the letter typed since.
    this.recordAccepted(document, offer, path, 'whole', this.insertedLength);
    this.offers.setLive(undefined);
  }

  dispose(): void {
    this.listening.dispose();
    for (const timer of this.timers) clearTimeout(timer);
  }

  private inferPartial({ document, contentChanges, reason }: vscode.TextDocumentChangeEvent): void {
    const offer = this.offers.latest;
    const [change] = contentChanges;
    const inserted = change?.text.replaceAll('\r\n', '\n') ?? '';
    if (change) this.insertedLength = inserted.length;
    if (!offer || !change || contentChanges.length > 1 || reason !== undefined) return;
    if (document.uri.toString() !== offer.context.documentUri || !change.range.start.isEqual(offer.position)) return;
    const acceptedLength = offer.typedLength + inserted.length;
    // VS Code does not say which path is on the screen: the first that begins so is taken.
    const whole = agreeingPaths(offer).find(
      ({ text }) => text.length > acceptedLength && text.startsWith(inserted, offer.typedLength),
    );
    // One character is typing; all of it is told by the item's command.
    if (inserted.length < 2 || !whole) return;
    const path = { ...whole, tokens: beginning(whole, acceptedLength) };
    const isLine = whole.text[acceptedLength] === '\n' || inserted.endsWith('\n');
    this.recordAccepted(document, offer, path, isLine ? 'line' : 'word', inserted.length);
  }

  private recordAccepted(
    document: vscode.TextDocument,
    { id: completionId, context, completion }: Offer,
    path: TrimmedPath,
    how: 'whole' | 'word' | 'line',
    characters: number,
  ): void {
    const start = document.offsetAt(context.position);
    this.accepted.rememberCompletion(document, { start, path, model: completion.model, completionId });
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
