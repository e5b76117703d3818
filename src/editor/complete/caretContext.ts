import * as vscode from 'vscode';
import type { DocumentContext } from '../../protocol/documentContext';

/** Characters taken on both sides of the caret; far more than a prompt holds, and cheap to copy for every keystroke. */
const prefixCharacters = 60_000;
const suffixCharacters = 10_000;

/**
 * The text around a caret, and what identifies the place. Line ends are `\n`, as in completions: what is typed of one over a
 * line end is then what it says.
 */
export interface CaretContext {
  readonly document: DocumentContext;
  readonly documentUri: string;
  readonly position: vscode.Position;
  readonly linePrefix: string;
  readonly restOfLine: string;
}

/**
 * Reads the document around a position.
 * @param inserted text that stands for `replaced` (the entry selected in the suggest widget), as if it were accepted.
 */
export function caretContextAt(
  document: vscode.TextDocument,
  position: vscode.Position,
  selected?: { readonly range: vscode.Range; readonly text: string },
): CaretContext {
  const start = selected ? selected.range.start : position;
  const end = selected ? selected.range.end : position;
  const prefix = cellsBefore(document) + textBefore(document, start) + (selected?.text ?? '');
  const line = document.lineAt(start.line).text;
  return {
    document: {
      path: pathOf(document),
      languageId: document.languageId,
      prefix: prefix.replaceAll('\r\n', '\n'),
      suffix: textAfter(document, end).replaceAll('\r\n', '\n'),
    },
    documentUri: document.uri.toString(),
    position,
    linePrefix: line.slice(0, start.character) + (selected?.text ?? ''),
    restOfLine: document.lineAt(end.line).text.slice(end.character),
  };
}

/** The name that a user knows the document by: of a cell, that of its notebook. */
export function pathOf(document: vscode.TextDocument): string {
  return vscode.workspace.asRelativePath(notebookOf(document)?.uri ?? document.uri, false);
}

function notebookOf(document: vscode.TextDocument): vscode.NotebookDocument | undefined {
  if (document.uri.scheme !== 'vscode-notebook-cell') return undefined;
  const uri = document.uri.toString();
  return vscode.workspace.notebookDocuments.find((notebook) =>
    notebook.getCells().some((cell) => cell.document.uri.toString() === uri),
  );
}

/** From a start that moves in steps: what was remembered of the last keystroke stays comparable. */
function textBefore(document: vscode.TextDocument, position: vscode.Position): string {
  const offset = document.offsetAt(position);
  const step = prefixCharacters >> 1;
  const startOffset = Math.max(0, Math.ceil((offset - prefixCharacters) / step) * step);
  return document.getText(new vscode.Range(document.positionAt(startOffset), position));
}

function textAfter(document: vscode.TextDocument, position: vscode.Position): string {
  const end = document.positionAt(document.offsetAt(position) + suffixCharacters);
  return document.getText(new vscode.Range(position, end));
}

/** A notebook cell goes on from the code cells of its language above it. */
function cellsBefore(document: vscode.TextDocument): string {
  const cells = notebookOf(document)?.getCells() ?? [];
  const uri = document.uri.toString();
  const index = cells.findIndex((cell) => cell.document.uri.toString() === uri);
  return cells
    .slice(0, index)
    .filter((cell) => cell.document.languageId === document.languageId)
    .map((cell) => `${cell.document.getText()}\n\n`)
    .join('')
    .slice(-prefixCharacters);
}
