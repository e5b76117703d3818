import * as vscode from 'vscode';
import { type CompletionPath, dropTyped } from '../../protocol/completionPath';
import type { Completion, TrimmedPath } from '../../completion/completer';
import type { CaretContext } from '../complete/caretContext';

/** A completion as it was computed for a caret. */
export interface ComputedCompletion {
  readonly id: number;
  readonly context: CaretContext;
  readonly completion: Completion;
  /** From the request to the answer. */
  readonly milliseconds: number;
}

/** A computed completion at a caret that may have moved on into it by typing. */
export interface LiveCompletion {
  readonly computed: ComputedCompletion;
  /** Characters of it that were typed since. */
  readonly typedLength: number;
  /** Characters behind the caret that it replaces, now. */
  readonly replaceLength: number;
  readonly documentUri: string;
  readonly position: vscode.Position;
}

/** The best path from the caret on. */
export function remainingPath({ computed, typedLength }: LiveCompletion): TrimmedPath {
  return dropTyped<TrimmedPath>(computed.completion, typedLength);
}

/** The best path and the alternatives that still agree with what was typed, each as a whole; in the order of the items. */
export function agreeingPaths({ computed, typedLength }: LiveCompletion): TrimmedPath[] {
  const { completion } = computed;
  const typed = completion.text.slice(0, typedLength);
  const agrees = ({ text }: TrimmedPath): boolean => text.startsWith(typed) && text.length > typedLength;
  return [completion, ...completion.alternatives.filter(agrees)];
}

/** Alternatives that still agree with what was typed, from the caret on. */
export function remainingAlternatives(live: LiveCompletion): TrimmedPath[] {
  return agreeingPaths(live)
    .slice(1)
    .map((path) => dropTyped<TrimmedPath>(path, live.typedLength));
}

export function isAt(
  live: LiveCompletion | undefined,
  document: vscode.TextDocument,
  position: vscode.Position,
): boolean {
  return live !== undefined && live.documentUri === document.uri.toString() && live.position.isEqual(position);
}

/** The completion on offer: what the hover, the status bar and the commands describe. One object for all of them. */
export class LiveCompletionStore implements vscode.Disposable {
  private readonly emitter = new vscode.EventEmitter<LiveCompletion | undefined>();
  readonly onDidChange = this.emitter.event;
  private current: LiveCompletion | undefined;
  private readonly listening: vscode.Disposable[];

  constructor() {
    this.listening = [
      // A caret that moved away, or into another editor, has left the completion behind.
      vscode.window.onDidChangeTextEditorSelection(({ textEditor, selections }) => {
        const [selection] = selections;
        if (
          selections.length !== 1 ||
          !selection?.isEmpty ||
          !isAt(this.current, textEditor.document, selection.active)
        ) {
          this.clearUnlessTyping(textEditor.document);
        }
      }),
      vscode.window.onDidChangeActiveTextEditor(() => this.set(undefined)),
    ];
  }

  get(): LiveCompletion | undefined {
    return this.current;
  }

  set(live: LiveCompletion | undefined): void {
    if (live === undefined && this.current === undefined) return;
    this.current = live;
    this.emitter.fire(live);
  }

  dispose(): void {
    vscode.Disposable.from(...this.listening, this.emitter).dispose();
  }

  /** While its text is typed the caret runs ahead of the provider, which answers for the new place in a moment. */
  private clearUnlessTyping(document: vscode.TextDocument): void {
    const live = this.current;
    if (!live) return;
    const caret = vscode.window.activeTextEditor?.selection.active;
    const expected = caret && caret.line === live.position.line && caret.character >= live.position.character;
    const typed = expected
      ? document.lineAt(caret.line).text.slice(live.position.character, caret.character)
      : undefined;
    if (typed === undefined || !remainingText(live).startsWith(typed)) this.set(undefined);
  }
}

function remainingText({ computed, typedLength }: LiveCompletion): string {
  return (computed.completion as CompletionPath).text.slice(typedLength);
}
