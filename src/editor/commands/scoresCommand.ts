import * as vscode from 'vscode';
import { isAt } from '../offer/offer';
import type { Offers } from '../offer/offers';
import { builtInCommandIds } from './commandIds';

/**
 * Opens the score card at the caret while the ghost text stays. Started from the palette, the ghost text is gone by then
 * (the editor lost the focus), so it is asked for again first.
 */
export async function showScores(offers: Offers): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (!editor) return;
  if (!isAt(offers.live, editor.document, editor.selection.active)) {
    // VS Code's command ends when every provider has answered.
    await vscode.commands.executeCommand(builtInCommandIds.trigger);
  }
  await vscode.commands.executeCommand(builtInCommandIds.showHover, { focus: 'noAutoFocus' });
}
