import * as vscode from 'vscode';
import { commandIds } from '../commands/commandIds';
import { agreeingPaths, type Offer } from '../offer/offer';

/** What the accept command is told. */
export interface AcceptedArguments {
  readonly completionId: number;
  /** The whole text of the accepted path, what was typed of it included. */
  readonly text: string;
}

/**
 * An offer as VS Code's items: the best path, and behind it the alternatives where they are wanted. The first item is the
 * same for every way of asking, because VS Code keeps the ghost text only then.
 *
 * @param selected the entry selected in the suggest widget: items must begin with its text, and where its range does.
 */
export function inlineItems(
  offer: Offer,
  withAlternatives: boolean,
  selected?: vscode.SelectedCompletionInfo,
): vscode.InlineCompletionItem[] {
  const paths = agreeingPaths(offer).slice(0, withAlternatives ? undefined : 1);
  return paths.map((path, index) => {
    const text = (selected?.text ?? '') + path.text.slice(offer.typedLength);
    const replaceLength = index === 0 ? offer.replaceLength : path.replaceLength;
    const item = new vscode.InlineCompletionItem(text, replacedRange(offer, replaceLength, selected?.range));
    const accepted: AcceptedArguments = { completionId: offer.id, text: path.text };
    item.command = { command: commandIds.accepted, title: 'Remember the scores', arguments: [accepted] };
    return item;
  });
}

/** Always set: VS Code's default reaches to the end of the line. It may reach further than that of a suggest entry. */
function replacedRange({ position }: Offer, replaceLength: number, selected?: vscode.Range): vscode.Range {
  const { start, end } = selected ?? { start: position, end: position };
  return new vscode.Range(start, end.translate(0, replaceLength));
}
