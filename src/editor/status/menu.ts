import * as vscode from 'vscode';
import { builtInCommandIds, type CommandId, commandIds } from '../commands/commandIds';
import type { EngineSupervisor } from '../engine/engineSupervisor';
import type { SettingsReader } from '../settings/settingsReader';
import type { Snooze } from '../commands/snooze';
import { isOnForLanguage } from '../commands/switches';

export interface MenuServices {
  readonly engine: Pick<EngineSupervisor, 'state'>;
  readonly snooze: Pick<Snooze, 'isSnoozed'>;
  readonly settings: SettingsReader;
}

/** A click on the status bar item: what one wants to do about Top-K, the likeliest first. */
export async function showMenu(services: MenuServices): Promise<void> {
  const chosen = await vscode.window.showQuickPick(menuEntries(services), { title: 'Top-K' });
  if (!chosen) return;
  // Otherwise the status bar item that was clicked keeps the keyboard, and the next blank opens the menu again.
  await vscode.commands.executeCommand(builtInCommandIds.focusEditor);
  await vscode.commands.executeCommand(chosen.command);
}

/** Each says what choosing it does now. */
export function menuEntries({ engine, snooze, settings }: MenuServices): { label: string; command: CommandId }[] {
  const entry = (label: string, command: CommandId) => ({ label, command });
  const document = vscode.window.activeTextEditor?.document;
  const now = settings.for(document);
  const offOrOn = (isOn: boolean): string => (isOn ? '$(circle-slash) Switch Off' : '$(check) Switch On');
  return [
    ...(engine.state.kind === 'failed' ? [entry('$(debug-restart) Restart the Engine', commandIds.restartEngine)] : []),
    snooze.isSnoozed
      ? entry('$(bell) End Snooze', commandIds.endSnooze)
      : entry('$(bell-slash) Snooze', commandIds.snooze),
    ...(document && now.enable
      ? [
          entry(
            `${offOrOn(isOnForLanguage(now, document.languageId))} for ${document.languageId}`,
            commandIds.toggleLanguage,
          ),
        ]
      : []),
    entry(`${offOrOn(now.enable)} Everywhere`, commandIds.toggle),
    entry('$(question) Why No Suggestion?', commandIds.whyNoSuggestion),
    entry('$(graph) Acceptance Figures', commandIds.showAcceptanceFigures),
    entry('$(settings-gear) Settings', commandIds.openSettings),
    entry('$(output) Log', commandIds.showLog),
  ];
}
