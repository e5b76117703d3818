import * as vscode from 'vscode';
import { explainDecision, type Explanation, type Remedy } from '../../completion/explain/decisionAdvice';
import type { Decision, DecisionLog, DecisionOutcome } from '../../completion/explain/decisionLog';
import { builtInCommandIds, commandIds } from './commandIds';

const icons: Readonly<Record<DecisionOutcome, string>> = {
  shown: 'check',
  cached: 'history',
  hidden: 'eye-closed',
  skipped: 'circle-slash',
  cancelled: 'debug-step-over',
  failed: 'error',
};

interface DecisionItem extends vscode.QuickPickItem {
  readonly remedy?: Remedy | undefined;
}

/**
 * *Why no suggestion?*: the newest decision in full sentences, and the earlier ones below it. Choosing an entry does what it
 * advises.
 * @param snoozedUntil the end of the snooze that is running.
 */
export async function showWhyNoSuggestion(decisions: DecisionLog, snoozedUntil: Date | undefined): Promise<void> {
  const chosen = await vscode.window.showQuickPick(decisionItems(decisions, snoozedUntil), {
    title: 'Top-K: Why No Suggestion?',
    placeHolder: 'The last decisions, newest first; choose one to do what it advises',
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (chosen?.remedy) await applyRemedy(chosen.remedy);
}

/** Exported for the tests. */
export function decisionItems(decisions: DecisionLog, snoozedUntil: Date | undefined): DecisionItem[] {
  const circumstances = { snoozedUntil: snoozedUntil && clockTime(snoozedUntil) };
  const [newest, ...earlier] = decisions.newestFirst();
  const items: DecisionItem[] = [];
  const isSwitchedOff = vscode.workspace.getConfiguration().get('editor.inlineSuggest.enabled') === false;
  if (isSwitchedOff) items.push(explanationItem('warning', inlineSuggestionsOff));
  if (!newest) return items.length > 0 ? items : [explanationItem('info', neverAsked)];
  items.push(explanationItem(icons[newest.outcome], explainDecision(newest, circumstances)));
  if (earlier.length === 0) return items;
  items.push({ label: 'earlier', kind: vscode.QuickPickItemKind.Separator });
  return [...items, ...earlier.map((decision) => earlierItem(decision, explainDecision(decision, circumstances)))];
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

function earlierItem({ time, place, outcome, reason, milliseconds }: Decision, { remedy }: Explanation): DecisionItem {
  return {
    label: `$(${icons[outcome]}) ${outcome}`,
    description: `${clockTime(new Date(time), 'medium')} · ${place} · ${Math.round(milliseconds)} ms`,
    detail: reason,
    remedy,
  };
}

async function applyRemedy(remedy: Remedy): Promise<void> {
  if (remedy.kind === 'openSetting') {
    await vscode.commands.executeCommand(builtInCommandIds.openSettings, remedy.key);
  } else {
    await vscode.commands.executeCommand(commandIds[remedy.kind]);
  }
}

/** As the user's own locale writes it: "14:05". */
export function clockTime(date: Date, timeStyle: 'short' | 'medium' = 'short'): string {
  return date.toLocaleTimeString(undefined, { timeStyle });
}
