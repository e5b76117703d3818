import * as vscode from 'vscode';
import type { Decision, DecisionLog } from '../../completion/explain/decisionLog';
import { type Circumstances, explainDecision, type Explanation } from '../../completion/explain/explainDecision';
import type { DecisionOutcome } from '../../completion/explain/reason';
import { clauseOf, type Remedy } from '../../completion/explain/reasonTexts';
import { clockTime } from '../../text/clockTime';
import type { SettingsReader } from '../settings/settingsReader';
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
  readonly remedy?: Remedy | undefined;
}

export interface WhyNoSuggestionServices {
  readonly decisions: DecisionLog;
  readonly snooze: Pick<Snooze, 'isSnoozed'>;
  readonly settings: SettingsReader;
}

/**
 * *Why no suggestion?*: the newest decision in full sentences, and the earlier ones below it. Choosing an entry does what it
 * advises, for the document or language that the entry is about.
 */
export async function showWhyNoSuggestion({ decisions, snooze, settings }: WhyNoSuggestionServices): Promise<void> {
  const chosen = await vscode.window.showQuickPick(decisionItems(decisions, snooze), {
    title: 'Top-K: Why No Suggestion?',
    placeHolder: 'The last decisions, newest first; choose one to do what it advises',
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (chosen?.remedy) await applyRemedy(chosen.remedy, settings);
}

/** Exported for the tests. */
export function decisionItems(decisions: DecisionLog, circumstances: Circumstances): DecisionItem[] {
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
    detail: clauseOf(reason),
    remedy,
  };
}

async function applyRemedy(remedy: Remedy, settings: SettingsReader): Promise<void> {
  switch (remedy.kind) {
    case 'openSetting':
      await vscode.commands.executeCommand(builtInCommandIds.openSettings, remedy.key);
      return;
    case 'switchLanguageOn':
      // Not the command, which is about the active editor: the decision may be of the commit box, or of an earlier file.
      return switchLanguage(settings, remedy.languageId, true);
    default:
      await vscode.commands.executeCommand(commandIds[remedy.kind]);
  }
}
