import * as vscode from 'vscode';
import { builtInCommandIds } from '../commands/commandIds';

/** VS Code needs this long to put up its toolbar, which the card is then merged with. */
const afterToolbarMs = 50;
/** The card's own toolbar asks once more; that request must not open the card again. */
const quietMs = 1_000;

/**
 * Score cards for the mouse over ghost text. VS Code asks no hover provider there, but it asks for the completion again, as
 * if the user had: on that request the hover is opened at the caret. This relies on an order of events that is documented
 * nowhere; without this file the status bar item still has the card.
 */
export class MouseScores implements vscode.Disposable {
  private timer: NodeJS.Timeout | undefined;
  private openedAt = -Infinity;

  /** VS Code asked explicitly for the completion that is on the screen. */
  askedAgain(document: vscode.TextDocument): void {
    const toolbar = vscode.workspace.getConfiguration('editor.inlineSuggest', document).get('showToolbar');
    if (toolbar !== 'onHover' || performance.now() - this.openedAt < quietMs) return;
    this.openedAt = performance.now();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      void vscode.commands.executeCommand(builtInCommandIds.showHover, { focus: 'noAutoFocus' });
    }, afterToolbarMs);
  }

  dispose(): void {
    clearTimeout(this.timer);
  }
}
