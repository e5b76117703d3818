import * as vscode from 'vscode';
import type { TrimmedPath } from '../../completion/completer';
import { commandIds } from '../commands/commandIds';
import { type LiveCompletion, remainingAlternatives, remainingPath } from '../offer/liveCompletion';

/** What the accept command is told: which completion, and which of its paths (0 is the best). */
export interface AcceptedArguments {
  readonly completionId: number;
  readonly pathIndex: number;
  readonly typedLength: number;
}

/**
 * The live completion as VS Code's items: the best path, and behind it the alternatives where they are wanted. The first
 * item is the same for every way of asking, because VS Code keeps the ghost text only then.
 *
 * @param selected the entry selected in the suggest widget: items must take its range and begin with its text.
 */
export function inlineItems(
  live: LiveCompletion,
  withAlternatives: boolean,
  selected?: vscode.SelectedCompletionInfo,
): vscode.InlineCompletionItem[] {
  const paths = [remainingPath(live), ...(withAlternatives ? remainingAlternatives(live) : [])];
  return paths.map((path, pathIndex) => {
    const item = selected
      ? new vscode.InlineCompletionItem(selected.text + path.text, selected.range)
      : new vscode.InlineCompletionItem(path.text, replacedRange(live, path, pathIndex));
    const accepted: AcceptedArguments = { completionId: live.computed.id, pathIndex, typedLength: live.typedLength };
    item.command = { command: commandIds.accepted, title: 'Remember the scores', arguments: [accepted] };
    return item;
  });
}

/** Always set: VS Code's default reaches to the end of the line. */
function replacedRange(
  { position, replaceLength }: LiveCompletion,
  path: TrimmedPath,
  pathIndex: number,
): vscode.Range {
  const length = pathIndex === 0 ? replaceLength : path.replaceLength;
  return new vscode.Range(position, position.translate(0, length));
}
