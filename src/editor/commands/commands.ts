import * as vscode from 'vscode';
import type { DecisionLog } from '../../completion/explain/decisionLog';
import type { AcceptanceFigures } from '../offer/acceptanceStore';
import type { AcceptanceTracker } from '../offer/acceptanceTracker';
import type { AcceptanceView } from '../offer/acceptanceView';
import { showAlternative } from './alternativesCommand';
import { builtInCommandIds, type CommandId, commandIds } from './commandIds';
import { showWhyNoSuggestion } from './whyNoSuggestion';
import type { EngineSupervisor } from '../engine/engineSupervisor';
import { completeFromAnotherCandidate, type ForkServices } from './forkCommand';
import type { AcceptedArguments } from '../complete/inlineItems';
import { showMenu } from '../status/menu';
import { openSample } from './openSample';
import { showScores } from './scoresCommand';
import type { Snooze } from './snooze';
import { toggleEverywhere, toggleLanguage } from './switches';

export interface CommandServices extends ForkServices {
  readonly engine: EngineSupervisor;
  readonly decisions: DecisionLog;
  readonly snooze: Snooze;
  readonly figures: AcceptanceFigures;
  readonly figuresView: AcceptanceView;
  readonly tracker: AcceptanceTracker;
  readonly log: vscode.LogOutputChannel;
  readonly extensionId: string;
  reportError(error: unknown): void;
}

/** Registers every command; a failing one says so once, in words. */
export function registerCommands(services: CommandServices): vscode.Disposable {
  const { engine, snooze, figures, figuresView, tracker, offers, log, extensionId } = services;
  const builtIn = (id: string, ...parameters: unknown[]) => vscode.commands.executeCommand(id, ...parameters);
  const handlers: Record<CommandId, (...parameters: never[]) => unknown> = {
    [commandIds.trigger]: () => builtIn(builtInCommandIds.trigger),
    [commandIds.showScores]: () => showScores(offers),
    [commandIds.nextAlternative]: () => showAlternative(offers, 'next'),
    [commandIds.previousAlternative]: () => showAlternative(offers, 'previous'),
    [commandIds.completeFromAnotherCandidate]: () => completeFromAnotherCandidate(services),
    [commandIds.toggle]: () => toggleEverywhere(services.settings),
    [commandIds.toggleLanguage]: () => toggleLanguage(services.settings),
    [commandIds.snooze]: () => snooze.pick(),
    [commandIds.endSnooze]: () => snooze.end(),
    [commandIds.whyNoSuggestion]: () => showWhyNoSuggestion(services),
    [commandIds.restartEngine]: async () => {
      await engine.restart();
      await engine.start();
    },
    [commandIds.showLog]: () => log.show(),
    [commandIds.openSettings]: () => builtIn(builtInCommandIds.openSettings, `@ext:${extensionId}`),
    [commandIds.showAcceptanceFigures]: () => figuresView.show(),
    [commandIds.clearAcceptanceFigures]: () => figures.clear(),
    [commandIds.showMenu]: () => showMenu(services),
    [commandIds.openSample]: () => openSample(),
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
