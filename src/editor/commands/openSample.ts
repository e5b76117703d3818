import * as vscode from 'vscode';
import { builtInCommandIds } from './commandIds';
import { sampleText } from './sampleText';

/** Opens a new document of code, the caret where the model is sure of what follows, and asks it. */
export async function openSample(): Promise<void> {
  const document = await vscode.workspace.openTextDocument({ language: 'python', content: sampleText });
  const editor = await vscode.window.showTextDocument(document, { preview: false });
  const end = document.positionAt(sampleText.length);
  editor.selection = new vscode.Selection(end, end);
  await vscode.commands.executeCommand(builtInCommandIds.trigger);
}
