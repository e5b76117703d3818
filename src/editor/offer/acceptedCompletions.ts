import * as vscode from 'vscode';
import { applyChange, type PlacedToken, placeTokens } from '../../completion/offer/acceptedTokens';
import type { CompletionPath } from '../../protocol/completionPath';

/** Completions remembered a document; older ones lose their scores first. */
const rememberedCompletions = 50;

interface AcceptedCompletion {
  readonly completionId: number;
  readonly model: string;
  placed: PlacedToken[];
}

export interface AcceptedToken extends PlacedToken {
  readonly model: string;
}

/** The scores of accepted tokens, kept for each document until the tokens are edited over or the document is closed. */
export class AcceptedCompletions implements vscode.Disposable {
  private readonly byDocument = new Map<string, AcceptedCompletion[]>();
  private readonly listening = [
    vscode.workspace.onDidChangeTextDocument((event) => this.follow(event)),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => this.byDocument.delete(uri.toString())),
  ];

  /**
   * Remembers a completion that now stands in the document from `start` on; a second call for the same completion (word by
   * word) takes the place of the first.
   */
  rememberCompletion(
    document: vscode.TextDocument,
    { start, path, model, completionId }: { start: number; path: CompletionPath; model: string; completionId: number },
  ): void {
    const uri = document.uri.toString();
    const lineEndLength = document.eol === vscode.EndOfLine.CRLF ? 2 : 1;
    const others = (this.byDocument.get(uri) ?? []).filter((entry) => entry.completionId !== completionId);
    const accepted = { completionId, model, placed: placeTokens(path.tokens, start, lineEndLength) };
    this.byDocument.set(uri, [...others, accepted].slice(-rememberedCompletions));
  }

  /** The accepted token whose text is at a position. */
  tokenAt(document: vscode.TextDocument, position: vscode.Position): AcceptedToken | undefined {
    const offset = document.offsetAt(position);
    for (const { model, placed } of this.byDocument.get(document.uri.toString()) ?? []) {
      const found = placed.find(({ start, end }) => start <= offset && offset < end);
      if (found) return { ...found, model };
    }
    return undefined;
  }

  /** Characters of an accepted completion that are still as they were. */
  retainedCharacters(documentUri: string, completionId: number): number {
    const accepted = this.byDocument.get(documentUri)?.find((entry) => entry.completionId === completionId);
    return accepted?.placed.reduce((sum, { start, end }) => sum + end - start, 0) ?? 0;
  }

  dispose(): void {
    vscode.Disposable.from(...this.listening).dispose();
    this.byDocument.clear();
  }

  private follow({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    const accepted = this.byDocument.get(document.uri.toString());
    if (!accepted) return;
    // VS Code orders the changes of one event from the end of the document to its start: earlier offsets stay valid.
    for (const { rangeOffset, rangeLength, text } of contentChanges) {
      const change = { start: rangeOffset, removedLength: rangeLength, insertedLength: text.length };
      for (const entry of accepted) entry.placed = applyChange(entry.placed, change);
    }
  }
}
