import * as vscode from 'vscode';
import type { LocatedFile } from './locatedFile';
import { readableSchemes } from './readableSchemes';

const rememberedEdits = 10;
/** Lines shown on both sides of an edit. */
const surroundingLines = 8;

interface Edit {
  readonly document: vscode.TextDocument;
  line: number;
}

/** The places in other documents that were edited last, with the lines around them: what one is in the middle of changing. */
export class RecentEdits implements vscode.Disposable {
  /** Most recent first. */
  private edits: Edit[] = [];
  private readonly listening = vscode.Disposable.from(
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      const [change] = contentChanges;
      if (change) this.remember(document, change.range.start.line);
    }),
    vscode.workspace.onDidCloseTextDocument((document) => {
      this.edits = this.edits.filter((edit) => edit.document !== document);
    }),
  );

  others(document: vscode.TextDocument): LocatedFile[] {
    return this.edits
      .filter((edit) => edit.document !== document)
      .map(({ document: edited, line }) => {
        const first = Math.max(0, line - surroundingLines);
        const text = edited.getText(new vscode.Range(first, 0, line + surroundingLines + 1, 0));
        return { uri: edited.uri, file: { path: vscode.workspace.asRelativePath(edited.uri, false), text } };
      });
  }

  dispose(): void {
    this.listening.dispose();
  }

  private remember(document: vscode.TextDocument, line: number): void {
    if (!readableSchemes.has(document.uri.scheme)) return;
    const near = this.edits.find(
      (edit) => edit.document === document && Math.abs(edit.line - line) <= surroundingLines,
    );
    if (near) near.line = line;
    const edit = near ?? { document, line };
    this.edits = [edit, ...this.edits.filter((other) => other !== edit)].slice(0, rememberedEdits);
  }
}
