import * as vscode from 'vscode';
import { isAt, type LiveCompletionStore } from '../offer/liveCompletion';

/**
 * Opens the score card at the caret while the ghost text stays. Started from the palette, the ghost text is gone by then
 * (the editor lost the focus), so it is asked for again first.
 */
export async function showScores(live: LiveCompletionStore): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (!editor) return;
  if (!isAt(live.get(), editor.document, editor.selection.active)) {
    const answered = nextCompletion(live);
    await vscode.commands.executeCommand('editor.action.inlineSuggest.trigger');
    await answered;
  }
  await vscode.commands.executeCommand('editor.action.showHover', { focus: 'noAutoFocus' });
}

/** Longer than any answer takes; the hover then shows what else there is at the caret. */
const longestWaitMs = 5_000;

function nextCompletion(live: LiveCompletionStore): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      listening.dispose();
      resolve();
    };
    const timer = setTimeout(done, longestWaitMs);
    const listening = live.onDidChange(done);
  });
}
