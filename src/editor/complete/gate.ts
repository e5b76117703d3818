import * as vscode from 'vscode';
import { isInComment } from '../../text/isInComment';
import { opensBlock } from '../../completion/judge/opensBlock';
import { mayCompleteAt } from '../../completion/judge/midLine';
import type { CaretContext } from './caretContext';
import type { Settings } from '../settings/settings';
import { isOnForLanguage } from '../commands/switches';

export interface GateInput {
  readonly document: vscode.TextDocument;
  readonly caret: CaretContext;
  readonly settings: Settings;
  /** The user asked for it: preferences about what comes by itself do not apply. */
  readonly isInvoked: boolean;
  readonly isSnoozed: boolean;
  readonly isOnBattery: boolean;
  readonly isExcluded: boolean;
}

/** Why there will be no completion, in the words that *Why no suggestion?* shows; undefined where there may be one. */
export function reasonToSkip(input: GateInput): string | undefined {
  const { document, caret, settings, isInvoked } = input;
  const { languageId } = document;
  if (input.isExcluded) return 'this file is excluded by the setting topK.context.excludedFiles';
  if (hasSeveralCarets(document)) return 'there are several carets or a selection';
  if (isInvoked) return undefined;
  if (!settings.enable) return 'Top-K is switched off by the setting topK.enable';
  if (!isOnForLanguage(settings, languageId)) return `Top-K is off for ${languageId}`;
  if (input.isSnoozed) return 'Top-K is snoozed';
  if (input.isOnBattery && settings.onBattery === 'onlyWhenAsked')
    return 'on battery Top-K waits to be asked (topK.onBattery)';
  const { comments } = settings;
  if (comments !== 'everywhere') {
    const inComment = isInComment(caret.document.prefix, languageId);
    if (inComment && comments === 'notInComments') return 'the caret is in a comment (topK.comments)';
    if (!inComment && comments === 'onlyInComments') return 'the caret is not in a comment (topK.comments)';
  }
  const place = mayCompleteAt(caret.linePrefix, caret.restOfLine);
  return place.allowed ? undefined : place.reason;
}

/** Whether more than the caret's line is wanted: never, where a line or block begins, or always. */
export function wantsSeveralLines(
  { linePrefix, restOfLine, document }: CaretContext,
  { multiLine }: Settings,
): boolean {
  if (multiLine === 'never' || restOfLine.trim() !== '') return false;
  return multiLine === 'always' || linePrefix.trim() === '' || opensBlock(linePrefix, document.languageId);
}

function hasSeveralCarets(document: vscode.TextDocument): boolean {
  const editor = vscode.window.activeTextEditor;
  if (editor?.document !== document) return false;
  return editor.selections.length > 1 || !editor.selection.isEmpty;
}
