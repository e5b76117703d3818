import * as vscode from 'vscode';
import type { DecisionLog } from '../completion/decisionLog';
import type { AcceptanceFigures } from './acceptanceFigures';
import type { AcceptanceTracker } from './acceptanceTracker';
import type { AcceptanceView } from './acceptanceView';
import { builtInCommandIds, type CommandId, commandIds } from './commandIds';
import { showWhyNoSuggestion } from './decisionLog';
import type { EngineSupervisor } from './engineSupervisor';
import { completeFromAnotherCandidate, type ForkServices } from './forkCommand';
import type { AcceptedArguments } from './inlineItems';
import { showScores } from './scoresCommand';
import { settings } from './settings';
import type { SettingsReader } from './settings/settingsReader';
import type { Snooze } from './snooze';

export interface CommandServices extends ForkServices {
  readonly engine: EngineSupervisor;
  readonly decisions: DecisionLog;
  readonly snooze: Snooze;
  readonly figures: AcceptanceFigures;
  readonly figuresView: AcceptanceView;
  readonly tracker: AcceptanceTracker;
  readonly settings: SettingsReader;
  readonly log: vscode.LogOutputChannel;
  readonly extensionId: string;
  reportError(error: unknown): void;
}

/** Registers every command; a failing one says so once, in words. */
export function registerCommands(services: CommandServices): vscode.Disposable {
  const { engine, decisions, snooze, figures, figuresView, tracker, live, log, extensionId } = services;
  const builtIn = (id: string, ...parameters: unknown[]) => vscode.commands.executeCommand(id, ...parameters);
  const handlers: Record<CommandId, (...parameters: never[]) => unknown> = {
    [commandIds.trigger]: () => builtIn(builtInCommandIds.trigger),
    [commandIds.showScores]: () => showScores(live),
    [commandIds.nextAlternative]: () => builtIn(builtInCommandIds.nextAlternative),
    [commandIds.previousAlternative]: () => builtIn(builtInCommandIds.previousAlternative),
    [commandIds.completeFromAnotherCandidate]: () => completeFromAnotherCandidate(services),
    [commandIds.toggle]: () => toggleEverywhere(services.settings),
    [commandIds.toggleLanguage]: () => toggleLanguage(services.settings),
    [commandIds.snooze]: () => snooze.pick(),
    [commandIds.endSnooze]: () => snooze.end(),
    [commandIds.whyNoSuggestion]: () => showWhyNoSuggestion(decisions, snooze.until),
    [commandIds.restartEngine]: async () => {
      await engine.restart();
      await engine.start();
    },
    [commandIds.showLog]: () => log.show(),
    [commandIds.openSettings]: () => builtIn(builtInCommandIds.openSettings, `@ext:${extensionId}`),
    [commandIds.showAcceptanceFigures]: () => figuresView.show(),
    [commandIds.clearAcceptanceFigures]: () => figures.clear(),
    [commandIds.showMenu]: () => showMenu(engine, snooze),
    [commandIds.accepted]: (accepted: AcceptedArguments) => tracker.acceptedWhole(accepted),
  };
  const registered = Object.entries(handlers).map(([id, handler]) =>
    vscode.commands.registerCommand(id, async (...parameters: never[]) => {
      try {
        await handler(...parameters);
      } catch (error) {
        services.reportError(error);
        void vscode.window.showErrorMessage(`Top-K: ${(error as Error).message}`);
      }
    }),
  );
  return vscode.Disposable.from(...registered);
}

async function toggleEverywhere(reader: SettingsReader): Promise<void> {
  const configuration = vscode.workspace.getConfiguration();
  // Where the workspace has a value of its own, a change of the user's would do nothing.
  const { workspaceValue } = configuration.inspect(settings.enable.key) ?? {};
  const { ConfigurationTarget } = vscode;
  const target = workspaceValue === undefined ? ConfigurationTarget.Global : ConfigurationTarget.Workspace;
  await configuration.update(settings.enable.key, !reader.for().enable, target);
}

async function toggleLanguage(reader: SettingsReader): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  if (!document) return;
  const { languages } = reader.for(document);
  const isOn = languages[document.languageId] ?? languages['*'] ?? true;
  const changed = { ...languages, [document.languageId]: !isOn };
  await vscode.workspace.getConfiguration().update(settings.languages.key, changed, vscode.ConfigurationTarget.Global);
}

/** A click on the status bar item: what one wants to do about Top-K, the likeliest first. */
async function showMenu(engine: EngineSupervisor, snooze: Snooze): Promise<void> {
  const entry = (label: string, command: CommandId) => ({ label, command });
  const entries = [
    ...(engine.state.kind === 'failed' ? [entry('$(debug-restart) Restart the Engine', commandIds.restartEngine)] : []),
    snooze.isSnoozed
      ? entry('$(bell) End Snooze', commandIds.endSnooze)
      : entry('$(bell-slash) Snooze', commandIds.snooze),
    entry('$(circle-slash) Toggle for This Language', commandIds.toggleLanguage),
    entry('$(globe) Toggle Everywhere', commandIds.toggle),
    entry('$(question) Why No Suggestion?', commandIds.whyNoSuggestion),
    entry('$(graph) Acceptance Figures', commandIds.showAcceptanceFigures),
    entry('$(settings-gear) Settings', commandIds.openSettings),
    entry('$(output) Log', commandIds.showLog),
  ];
  const chosen = await vscode.window.showQuickPick(entries, { title: 'Top-K' });
  if (!chosen) return;
  // Otherwise the status bar item that was clicked keeps the keyboard, and the next blank opens the menu again.
  await vscode.commands.executeCommand(builtInCommandIds.focusEditor);
  await vscode.commands.executeCommand(chosen.command);
}
