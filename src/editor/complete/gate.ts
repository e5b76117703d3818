import * as vscode from 'vscode';
import { isInComment } from '../../text/isInComment';
import type { LastingReason, Reason } from '../../completion/explain/reason';
import { opensBlock } from '../../completion/judge/opensBlock';
import { reasonAgainstMidLine } from '../../completion/judge/midLine';
import type { CaretContext } from './caretContext';
import type { Settings } from '../settings/settings';
import { isOnForLanguage } from '../commands/switches';

export interface GateInput {
  readonly document: vscode.TextDocument;
  readonly caret: CaretContext;
  readonly settings: Settings;
  /** False where the user asked for it: settings about what comes by itself do not apply. */
  readonly obeysPreferences: boolean;
  readonly snoozedUntil: Date | undefined;
  readonly isOnBattery: boolean;
  readonly isExcluded: boolean;
}

/** Why there will be no completion; undefined where there may be one. */
export function reasonToSkip(input: GateInput): Reason | undefined {
  const { document, caret, settings, snoozedUntil } = input;
  if (input.isExcluded) return { kind: 'excludedFile' };
  if (hasSeveralCarets(document)) return { kind: 'severalCarets' };
  if (!input.obeysPreferences) return undefined;
  const lasting = lastingReason(input);
  if (lasting) return lasting;
  if (snoozedUntil) return { kind: 'snoozed', until: snoozedUntil.getTime() };
  const { comments } = settings;
  if (comments !== 'everywhere') {
    const inComment = isInComment(caret.document.prefix, document.languageId);
    if (inComment && comments === 'notInComments') return { kind: 'inComment' };
    if (!inComment && comments === 'onlyInComments') return { kind: 'notInComment' };
  }
  return reasonAgainstMidLine(caret.linePrefix, caret.restOfLine);
}

/** Why nothing comes by itself in a document, wherever its caret is. */
export function lastingReason({
  document,
  settings,
  isExcluded,
  isOnBattery,
}: Pick<GateInput, 'document' | 'settings' | 'isExcluded' | 'isOnBattery'>): LastingReason | undefined {
  const { languageId } = document;
  if (isExcluded) return { kind: 'excludedFile' };
  if (!settings.enable) return { kind: 'switchedOff' };
  if (!isOnForLanguage(settings, languageId)) return { kind: 'languageOff', languageId };
  return isOnBattery && settings.onBattery === 'onlyWhenAsked' ? { kind: 'onBattery' } : undefined;
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
