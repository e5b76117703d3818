import path from 'node:path';
import * as vscode from 'vscode';
import { DecisionLog } from './completion/explain/decisionLog';
import { TypingRhythm } from './completion/judge/typingRhythm';
import { AcceptanceFigures } from './editor/offer/acceptanceStore';
import { AcceptanceTracker } from './editor/offer/acceptanceTracker';
import { AcceptanceView } from './editor/offer/acceptanceView';
import { AcceptedCompletions } from './editor/offer/acceptedCompletions';
import { Battery } from './editor/engine/battery';
import { registerCommands } from './editor/commands/commands';
import { ContextSources } from './editor/context/contextSources';
import { WorkspaceReader } from './editor/context/workspaceReader';
import { DecisionRecorder } from './editor/complete/decisionRecorder';
import { EngineSupervisor } from './editor/engine/engineSupervisor';
import { TopKInlineCompletionProvider } from './editor/complete/inlineCompletionProvider';
import { LiveCompletionStore } from './editor/offer/liveCompletion';
import { MouseScores } from './editor/complete/mouseScores';
import { PlaceChecks } from './editor/complete/placeChecks';
import { Refresher } from './editor/complete/refresher';
import { cardOf, ScoreHoverProvider } from './editor/status/scoreHover';
import { SettingsReader } from './editor/settings/settingsReader';
import { Snooze } from './editor/commands/snooze';
import { StatusController } from './editor/status/statusController';
import { StatusItems } from './editor/status/statusItems';
import { SuggestItemProvider } from './editor/complete/suggestItemProvider';
import { welcomeOnFirstInstall } from './editor/commands/welcome';
import { Completer } from './completion/completer';
import { PromptWarmer } from './completion/promptWarmer';

/** What tests may look at. */
export interface TopKApi {
  readonly engine: EngineSupervisor;
  readonly decisions: DecisionLog;
  readonly live: LiveCompletionStore;
}

let shutDown: (() => Promise<unknown>) | undefined;

/** Builds the parts and joins them. The engine starts with the first request, not here. */
export function activate(context: vscode.ExtensionContext): TopKApi {
  const log = vscode.window.createOutputChannel('Top-K', { log: true });
  const reportError = (error: unknown): void => log.error(error instanceof Error ? error : String(error));
  const settings = new SettingsReader((message) => log.warn(message));
  const settingsFor = (document: vscode.TextDocument) => settings.for(document);
  const engine = new EngineSupervisor({
    enginePath: path.join(context.extensionPath, 'dist', 'engine.js'),
    cacheDirectory: context.globalStorageUri.fsPath,
    log: (level, message) => log[level](message),
    settings: () => settings.for(),
  });
  const completer = new Completer(engine, {
    fillInTheMiddle: () => (engine.state.kind === 'ready' ? engine.state.engine.fillInTheMiddle : undefined),
  });
  const live = new LiveCompletionStore();
  const snooze = new Snooze();
  const rhythm = new TypingRhythm();
  const decisions = new DecisionLog();
  const figures = new AcceptanceFigures(context.globalState);
  const figuresView = new AcceptanceView(figures);
  const accepted = new AcceptedCompletions();
  const tracker = new AcceptanceTracker(live, accepted, figures);
  const battery = new Battery(
    () => settings.for().onBattery,
    (message) => log.debug(message),
  );
  const places = new PlaceChecks({
    isSnoozed: () => snooze.isSnoozed,
    isOnBattery: () => battery.isOnBattery,
    settingsFor,
  });
  const contextSources = new ContextSources(reportError);
  const workspaceReader = new WorkspaceReader({
    ...{ engine, reportError, ignoreRules: contextSources.ignoreRules },
    settings: () => settings.for(),
  });
  const refresher = new Refresher();
  const mouseScores = new MouseScores();
  const provider = new TopKInlineCompletionProvider({
    ...{ completer, engine, live, rhythm, places, refresher, mouseScores, settingsFor, reportError },
    warmer: new PromptWarmer(completer),
    context: contextSources,
    decisions: new DecisionRecorder(decisions, figures, (message) => log.trace(message)),
  });
  const items = new StatusItems(() => {
    const shown = live.get();
    return shown && cardOf(shown).value;
  });
  const status = new StatusController({ items, engine, live, decisions, snooze, settings, places });

  const everywhere: vscode.DocumentSelector = { pattern: '**' };
  context.subscriptions.push(
    ...[
      log,
      settings,
      engine,
      live,
      snooze,
      figures,
      figuresView,
      accepted,
      tracker,
      contextSources,
      workspaceReader,
      refresher,
      mouseScores,
      items,
      status,
    ],
    vscode.languages.registerInlineCompletionItemProvider(everywhere, provider),
    vscode.languages.registerHoverProvider(everywhere, new ScoreHoverProvider(live, accepted, reportError)),
    vscode.languages.registerCompletionItemProvider(
      everywhere,
      new SuggestItemProvider({ completer, engine, places, settingsFor, reportError }),
    ),
    registerCommands({
      ...{ completer, engine, live, provider, settingsFor, decisions, snooze, settings, log },
      ...{ figures, figuresView, tracker, reportError, extensionId: context.extension.id },
    }),
    settings.onDidChange((event) => {
      provider.forget();
      if (event.affectsConfiguration('topK.context')) workspaceReader.followSettings();
      engine.followSettings().catch(reportError);
    }),
    // A new process may have another model.
    engine.onDidChangeState(({ kind }) => kind === 'starting' && provider.forget()),
    vscode.workspace.onDidChangeTextDocument(({ contentChanges }) => {
      if (contentChanges.length === 1 && contentChanges[0]!.text.length === 1) rhythm.recordKey(performance.now());
    }),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => provider.forget(uri.toString())),
  );
  shutDown = () => Promise.all([engine.shutDown(), figures.save()]);
  welcomeOnFirstInstall(context).catch(reportError);
  return { engine, decisions, live };
}

/** VS Code waits for the engine process to be gone and the figures to be written. */
export function deactivate(): Promise<unknown> | undefined {
  return shutDown?.();
}
