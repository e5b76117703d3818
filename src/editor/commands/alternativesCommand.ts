import * as vscode from 'vscode';
import { agreeingPaths, isAt, type Offer, withPathsInOrder } from '../offer/offer';
import type { Offers } from '../offer/offers';
import { builtInCommandIds } from './commandIds';

/**
 * Puts the next or previous alternative on the screen: it becomes the best path of what is on offer, and VS Code is made to
 * ask again. VS Code's own commands do nothing without visible ghost text, which the palette has hidden, and do not tell
 * which alternative they show.
 */
export async function showAlternative(offers: Offers, direction: 'next' | 'previous'): Promise<void> {
  const run = (command: string) => vscode.commands.executeCommand(command);
  const offer = offerHere(offers);
  if (!offer || agreeingPaths(offer).length < 2) await run(builtInCommandIds.trigger);
  const before = offerHere(offers);
  if (!before || agreeingPaths(before).length < 2) {
    void vscode.window.setStatusBarMessage('Top-K: there is no other completion at the caret.', 5_000);
    return;
  }
  offers.rememberCompletion(turned(before, direction));
  await run(builtInCommandIds.focusEditor);
  // Otherwise VS Code keeps to the alternative that its own commands have chosen.
  await run(builtInCommandIds.hide);
  await run(builtInCommandIds.trigger);
}

/** Exported for the tests. The paths that agree with what was typed move on by one; the others stay behind them. */
export function turned(offer: Offer, direction: 'next' | 'previous'): Offer {
  const { completion } = offer;
  const paths = agreeingPaths(offer);
  const at = direction === 'next' ? 1 : paths.length - 1;
  const others = completion.alternatives.filter((path) => !paths.includes(path));
  return { ...offer, completion: withPathsInOrder(completion, [...paths.slice(at), ...paths.slice(0, at), ...others]) };
}

function offerHere({ live }: Offers): Offer | undefined {
  const editor = vscode.window.activeTextEditor;
  return editor && isAt(live, editor.document, editor.selection.active) ? live : undefined;
}
