import * as vscode from 'vscode';
import type { Decision, DecisionGroup, DecisionLog } from '../../completion/explain/decisionLog';
import { type Circumstances, explainDecision, type Explanation } from '../../completion/explain/explainDecision';
import type { DecisionOutcome } from '../../completion/explain/reason';
import { clauseOf, type Remedy } from '../../completion/explain/reasonTexts';
import { age } from '../../text/age';
import { readableSchemes } from '../context/readableSchemes';
import { builtInCommandIds, commandIds } from './commandIds';
import type { Snooze } from './snooze';
import { switchLanguage } from './switches';

const icons: Readonly<Record<DecisionOutcome, string>> = {
  shown: 'check',
  cached: 'history',
  hidden: 'eye-closed',
  skipped: 'circle-slash',
  cancelled: 'debug-step-over',
  failed: 'error',
};

interface DecisionItem extends vscode.QuickPickItem {
  /** What the entry is about; absent where VS Code never asked. */
  readonly decision?: Decision;
  readonly remedy?: Remedy | undefined;
}

export interface WhyNoSuggestionServices {
  readonly decisions: DecisionLog;
  readonly snooze: Pick<Snooze, 'isSnoozed'>;
}

/**
 * *Why no suggestion?*: the newest decision in full sentences, and the earlier ones below it. Choosing an entry does what it
 * advises, for the document or language that the entry is about.
 */
export async function showWhyNoSuggestion({ decisions, snooze }: WhyNoSuggestionServices): Promise<void> {
  const chosen = await vscode.window.showQuickPick(decisionItems(decisions, snooze), {
    title: 'Top-K: Why No Suggestion?',
    placeHolder: 'The last decisions, newest first; choose one to do what it advises',
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (chosen?.remedy) await applyRemedy(chosen.remedy, chosen.decision);
}

/** Exported for the tests. */
export function decisionItems(decisions: DecisionLog, circumstances: Circumstances, now = Date.now()): DecisionItem[] {
  const [newest, ...earlier] = decisions.newestFirst();
  const items: DecisionItem[] = [];
  const isSwitchedOff = vscode.workspace.getConfiguration().get('editor.inlineSuggest.enabled') === false;
  if (isSwitchedOff) items.push(explanationItem('warning', inlineSuggestionsOff));
  if (!newest) return items.length > 0 ? items : [explanationItem('info', neverAsked)];
  items.push(newestItem(newest, explainDecision(newest.latest, circumstances), now));
  if (earlier.length === 0) return items;
  items.push({ label: 'earlier', kind: vscode.QuickPickItemKind.Separator });
  const explained = earlier.map((group) => earlierItem(group, explainDecision(group.latest, circumstances), now));
  return [...items, ...explained];
}

const inlineSuggestionsOff: Explanation = {
  sentence: 'Inline suggestions are switched off in VS Code.',
  advice: 'Switch on editor.inlineSuggest.enabled.',
  remedy: { kind: 'openSetting', key: 'editor.inlineSuggest.enabled' },
};

const neverAsked: Explanation = {
  sentence: 'VS Code did not ask Top-K for a completion yet.',
  advice: 'Type in an editor, or ask for a completion.',
  remedy: { kind: 'trigger' },
};

function explanationItem(icon: string, { sentence, advice, remedy }: Explanation): DecisionItem {
  return {
    label: `$(${icon}) ${sentence}`,
    ...(advice !== undefined && { detail: `$(arrow-right) ${advice}` }),
    remedy,
  };
}

function newestItem({ latest, count }: DecisionGroup, explanation: Explanation, now: number): DecisionItem {
  const ago = age(now - latest.time);
  // Otherwise an old answer passes for one about where the caret is now.
  const when = now - latest.time < 1000 ? ago : `${ago}; VS Code has not asked since`;
  return {
    ...explanationItem(icons[latest.outcome], explanation),
    description: count > 1 ? `${count} times, the last ${when}` : when,
    decision: latest,
  };
}

function earlierItem({ latest, count }: DecisionGroup, { remedy }: Explanation, now: number): DecisionItem {
  const { time, place, outcome, reason, milliseconds } = latest;
  return {
    label: `$(${icons[outcome]}) ${outcome}${count > 1 ? ` × ${count}` : ''}`,
    description: `${age(now - time)} · ${place} · ${Math.round(milliseconds)} ms`,
    detail: clauseOf(reason),
    remedy,
    decision: latest,
  };
}

async function applyRemedy(remedy: Remedy, decision: Decision | undefined): Promise<void> {
  switch (remedy.kind) {
    case 'openSetting':
      await vscode.commands.executeCommand(builtInCommandIds.openSettings, remedy.key);
      return;
    case 'switchLanguageOn':
      // Not the command, which is about the active editor: the decision may be of the commit box, or of an earlier file.
      return switchLanguage(remedy.languageId, true);
    case 'trigger':
      if (!decision || (await showPlace(decision))) await vscode.commands.executeCommand(builtInCommandIds.trigger);
      return;
    default:
      await vscode.commands.executeCommand(commandIds[remedy.kind]);
  }
}

/** Shows the document of a decision, unless it is the active one: the caret may have moved on in it. */
async function showPlace({ documentUri, position, place }: Decision): Promise<boolean> {
  if (vscode.window.activeTextEditor?.document.uri.toString() === documentUri) return true;
  const uri = vscode.Uri.parse(documentUri);
  if (!readableSchemes.has(uri.scheme)) {
    // No command leads to a commit box or into a notebook's cell.
    void vscode.window.setStatusBarMessage(`Top-K: go back to ${place} and ask for a completion there.`, 5_000);
    return false;
  }
  const { line, character } = position;
  await vscode.window.showTextDocument(uri, { selection: new vscode.Range(line, character, line, character) });
  return true;
}
