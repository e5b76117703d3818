import * as vscode from 'vscode';
import { builtInCommandIds, type CommandId, commandIds } from '../commands/commandIds';
import type { EngineSupervisor } from '../engine/engineSupervisor';
import type { SettingsReader } from '../settings/settingsReader';
import type { Snooze } from '../commands/snooze';
import { isOnForLanguage } from '../commands/switches';
import { languageName } from './languageName';

export interface MenuServices {
  readonly engine: Pick<EngineSupervisor, 'state'>;
  readonly snooze: Pick<Snooze, 'isSnoozed'>;
  readonly settings: SettingsReader;
}

/** A click on the status bar item: what one can do with Top-K, the likeliest first. */
export async function showMenu(services: MenuServices): Promise<void> {
  // Otherwise the status bar item that was clicked gets the keyboard back, and the next blank opens the menu again.
  await vscode.commands.executeCommand(builtInCommandIds.focusEditor);
  const chosen = await vscode.window.showQuickPick(menuEntries(services), { title: 'Top-K' });
  if (chosen) await vscode.commands.executeCommand(chosen.command);
}

interface MenuEntry {
  readonly label: string;
  readonly command: CommandId;
}

/** Each says what choosing it does now. */
export function menuEntries({ engine, snooze, settings }: MenuServices): MenuEntry[] {
  const document = vscode.window.activeTextEditor?.document;
  const now = settings.for(document);
  const entries: MenuEntry[] = [];
  const add = (label: string, command: CommandId) => entries.push({ label, command });
  const offOrOn = (isOn: boolean): string => (isOn ? '$(circle-slash) Switch Off' : '$(check) Switch On');

  if (engine.state.kind === 'failed') add('$(debug-restart) Restart the Engine', commandIds.restartEngine);
  if (document) {
    add('$(list-ordered) Show Scores', commandIds.showScores);
    add('$(wand) Suggest a Completion', commandIds.trigger);
    add('$(repo-forked) Complete from Another Candidate…', commandIds.completeFromAnotherCandidate);
  } else {
    add('$(file-code) Open a Sample to Try It', commandIds.openSample);
  }
  add('$(question) Why No Suggestion?', commandIds.whyNoSuggestion);
  if (snooze.isSnoozed) add('$(bell) End Snooze', commandIds.endSnooze);
  else add('$(bell-slash) Snooze…', commandIds.snooze);
  if (document && now.enable) {
    const { languageId } = document;
    add(`${offOrOn(isOnForLanguage(now, languageId))} for ${languageName(languageId)}`, commandIds.toggleLanguage);
  }
  add(`${offOrOn(now.enable)} Everywhere`, commandIds.toggle);
  add('$(graph) Acceptance Figures', commandIds.showAcceptanceFigures);
  add('$(settings-gear) Settings', commandIds.openSettings);
  add('$(output) Log', commandIds.showLog);
  return entries;
}
