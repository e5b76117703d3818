import * as vscode from 'vscode';
import { reasonAgainstOffering } from '../../completion/judge/worthOffering';
import { TypeThroughCache } from '../../completion/offer/typeThroughCache';
import type { Completion } from '../../completion/completer';
import type { CaretContext } from '../complete/caretContext';
import { type ComputedCompletion, isAt, type Offer, remainingPath, withPathsInOrder } from './offer';

/**
 * Owns every completion that is, was or may be on offer: what hover, status bar, commands and the acceptance figures speak
 * of is one object.
 */
export class Offers implements vscode.Disposable {
  private readonly emitter = new vscode.EventEmitter<Offer | undefined>();
  /** Another completion, or none, is on offer. */
  readonly onDidChange = this.emitter.event;
  private readonly cache = new TypeThroughCache<ComputedCompletion>();
  private nextId = 1;
  private current: Offer | undefined;
  private last: Offer | undefined;
  private readonly listening: vscode.Disposable;

  constructor() {
    this.listening = vscode.Disposable.from(
      // A caret that moved away, or into another editor, has left the completion behind.
      vscode.window.onDidChangeTextEditorSelection(({ textEditor, selections }) => {
        const [selection] = selections;
        const isStill = selections.length === 1 && selection?.isEmpty;
        if (!isStill || !isAt(this.current, textEditor.document, selection.active)) {
          this.withdrawUnlessTyping(textEditor.document);
        }
      }),
      vscode.window.onDidChangeActiveTextEditor(() => this.setLive(undefined)),
    );
  }

  /** What is on offer at the caret. */
  get live(): Offer | undefined {
    return this.current;
  }

  /** What is on offer or was until a moment ago: VS Code tells of an acceptance when the text has changed already. */
  get latest(): Offer | undefined {
    return this.last;
  }

  setLive(offer: Offer | undefined): void {
    if (offer === undefined && this.current === undefined) return;
    this.current = offer;
    this.last = offer ?? this.last;
    this.emitter.fire(offer);
  }

  /** A completion that nobody will ask for again. */
  newCompletion(context: CaretContext, completion: Completion, milliseconds: number): ComputedCompletion {
    return { id: this.nextId++, context, completion, milliseconds };
  }

  /**
   * Keeps a completion, in front of what was kept for its place. Its alternatives are kept behind it, so that one of them
   * goes on as well while it is typed or accepted in parts.
   */
  rememberCompletion(computed: ComputedCompletion): void {
    const { completion } = computed;
    const paths = [completion, ...completion.alternatives];
    for (const path of completion.alternatives.toReversed()) {
      const inOrder = [path, ...paths.filter((other) => other !== path)];
      this.rememberBest({ ...computed, completion: withPathsInOrder(completion, inOrder) });
    }
    this.rememberBest(computed);
  }

  /** The rest of a kept completion at a caret; none where nothing would be left to see. */
  offerAt({ document, documentUri, position }: CaretContext): Offer | undefined {
    const { prefix, suffix } = document;
    const hit = this.cache.lookup({ documentUri, prefix, suffix });
    if (!hit || reasonAgainstOffering(hit.text, suffix.slice(0, hit.replaceLength))) return undefined;
    const { typedLength, replaceLength, value } = hit;
    return { ...value, typedLength, replaceLength, position, itemCount: 1 };
  }

  /** A document was closed. */
  forgetDocument(documentUri: string): void {
    this.cache.forget(documentUri);
  }

  /** Another model or setting would answer differently. */
  forgetAll(): void {
    this.cache.forget();
    this.setLive(undefined);
  }

  dispose(): void {
    vscode.Disposable.from(this.listening, this.emitter).dispose();
  }

  private rememberBest(computed: ComputedCompletion): void {
    const { context, completion } = computed;
    const { text, replaceLength } = completion;
    const { documentUri, document } = context;
    const { prefix, suffix } = document;
    this.cache.rememberCompletion({ documentUri, prefix, suffix }, { text, replaceLength, value: computed });
  }

  /** While its text is typed the caret runs ahead of the provider, which answers for the new place in a moment. */
  private withdrawUnlessTyping(document: vscode.TextDocument): void {
    const offer = this.current;
    if (!offer) return;
    const { position } = offer;
    const caret = vscode.window.activeTextEditor?.selection.active;
    const isAhead = caret && caret.line === position.line && caret.character >= position.character;
    const typed = isAhead ? document.lineAt(caret.line).text.slice(position.character, caret.character) : undefined;
    if (typed === undefined || !remainingPath(offer).text.startsWith(typed)) this.setLive(undefined);
  }
}
