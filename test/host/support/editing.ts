import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { TopKApi } from '../../../src/extension';

export async function activateTopK(): Promise<TopKApi> {
  const extension = vscode.extensions.getExtension<TopKApi>('top-k.top-k');
  assert(extension, 'Top-K is not installed');
  return extension.activate();
}

/** Shows a new document with the caret at its end. */
export async function open(content: string, language = 'python'): Promise<vscode.TextEditor> {
  const document = await vscode.workspace.openTextDocument({ content, language });
  return atEnd(await vscode.window.showTextDocument(document));
}

export function atEnd(editor: vscode.TextEditor): vscode.TextEditor {
  const end = editor.document.positionAt(editor.document.getText().length);
  editor.selection = new vscode.Selection(end, end);
  return editor;
}

/** Types character by character, as the keyboard does. */
export async function type(text: string): Promise<void> {
  for (const character of text) await vscode.commands.executeCommand('type', { text: character });
}

/** Settings of the workspace for as long as the work takes. */
export async function withSettings(values: Record<string, unknown>, work: () => Promise<void>): Promise<void> {
  const update = (key: string, value: unknown) =>
    vscode.workspace.getConfiguration().update(key, value, vscode.ConfigurationTarget.Workspace);
  for (const [key, value] of Object.entries(values)) await update(key, value);
  try {
    await work();
  } finally {
    for (const key of Object.keys(values)) await update(key, undefined);
  }
}
