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
import { FilePolicy } from './editor/context/filePolicy';
import { IgnoreRules } from './editor/context/ignoreRules';
import { WorkspaceReader } from './editor/context/workspaceReader';
import { DecisionRecorder } from './editor/complete/decisionRecorder';
import { EngineSupervisor } from './editor/engine/engineSupervisor';
import { TopKInlineCompletionProvider } from './editor/complete/inlineCompletionProvider';
import { Offers } from './editor/offer/offers';
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
import { logFailure } from './protocol/log';
import { PromptWarmer } from './completion/promptWarmer';

/** What tests may look at. */
export interface TopKApi {
  readonly engine: EngineSupervisor;
  readonly decisions: DecisionLog;
  readonly offers: Offers;
}

let shutDown: (() => Promise<unknown>) | undefined;

/** Builds the parts and joins them. The engine starts with the first request, not here. */
export function activate(context: vscode.ExtensionContext): TopKApi | undefined {
  const log = vscode.window.createOutputChannel('Top-K', { log: true });
  const reportError = (error: unknown): void => logFailure(log, error);
  const settings = new SettingsReader(log);
  const settingsFor = (document: vscode.TextDocument) => settings.for(document);
  const engine = new EngineSupervisor({
    enginePath: path.join(context.extensionPath, 'dist', 'engine.js'),
    cacheDirectory: context.globalStorageUri.fsPath,
    log,
    settings: () => settings.for(),
  });
  const completer = new Completer(engine, {
    fillInTheMiddle: () => (engine.state.kind === 'ready' ? engine.state.engine.fillInTheMiddle : undefined),
    profile: () => (engine.state.kind === 'ready' ? engine.state.engine.profile : undefined),
  });
  const offers = new Offers();
  const snooze = new Snooze();
  const rhythm = new TypingRhythm();
  const decisions = new DecisionLog();
  const figures = new AcceptanceFigures(context.globalState);
  const figuresView = new AcceptanceView(figures);
  const accepted = new AcceptedCompletions();
  const tracker = new AcceptanceTracker(offers, accepted, figures);
  const battery = new Battery(() => settings.for().onBattery, log);
  const ignoreRules = new IgnoreRules(log);
  const policy = new FilePolicy({ settings, ignoreRules });
  const places = new PlaceChecks({
    snoozedUntil: () => snooze.until,
    isOnBattery: () => battery.isOnBattery,
    policy,
  });
  const contextSources = new ContextSources(policy, log);
  const workspaceReader = new WorkspaceReader({
    engine,
    policy,
    log,
    settings: () => settings.for(),
  });
  const refresher = new Refresher();
  const mouseScores = new MouseScores();
  const provider = new TopKInlineCompletionProvider({
    completer,
    engine,
    offers,
    rhythm,
    places,
    refresher,
    mouseScores,
    settings,
    reportError,
    warmer: new PromptWarmer(completer),
    context: contextSources,
    decisions: new DecisionRecorder(decisions, figures, (message) => log.trace(message)),
  });
  const items = new StatusItems(() => {
    const { live } = offers;
    return live && cardOf(live).value;
  });
  const status = new StatusController({ items, engine, offers, decisions, snooze, settings, places });

  const everywhere: vscode.DocumentSelector = { pattern: '**' };
  context.subscriptions.push(
    ...[
      log,
      settings,
      engine,
      offers,
      snooze,
      figures,
      figuresView,
      accepted,
      tracker,
      ignoreRules,
      policy,
      contextSources,
      workspaceReader,
      refresher,
      mouseScores,
      items,
      status,
    ],
    vscode.languages.registerInlineCompletionItemProvider(everywhere, provider),
    vscode.languages.registerHoverProvider(everywhere, new ScoreHoverProvider(offers, accepted, reportError)),
    vscode.languages.registerCompletionItemProvider(
      everywhere,
      new SuggestItemProvider({ completer, engine, places, settingsFor, reportError }),
    ),
    registerCommands({
      completer,
      engine,
      offers,
      decisions,
      snooze,
      settings,
      log,
      figures,
      figuresView,
      tracker,
      reportError,
      extensionId: context.extension.id,
    }),
    settings.onDidChange((event) => {
      offers.forgetAll();
      if (event.affectsConfiguration('topK.context.workspaceMemory')) workspaceReader.followSettings();
      engine.followSettings().catch(reportError);
    }),
    // What is on offer may go by a file that is no longer shown.
    policy.onDidChange(() => offers.forgetAll()),
    // A new process may have another model.
    engine.onDidChangeState(({ kind }) => kind === 'starting' && offers.forgetAll()),
    vscode.workspace.onDidChangeTextDocument((event) => {
      if (isTypedKey(event)) rhythm.recordKey(performance.now());
    }),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => offers.forgetDocument(uri.toString())),
  );
  shutDown = () => Promise.all([engine.shutDown(), figures.save()]);
  welcomeOnFirstInstall(context).catch(reportError);
  // What is returned is there for every other extension: it is none of their business.
  return context.extensionMode === vscode.ExtensionMode.Test ? { engine, decisions, offers } : undefined;
}

/** What another extension writes, and what is put out, is not the user's typing: only in the active editor somebody types. */
function isTypedKey({ document, contentChanges }: vscode.TextDocumentChangeEvent): boolean {
  if (document !== vscode.window.activeTextEditor?.document || document.uri.scheme === 'output') return false;
  return contentChanges.length === 1 && contentChanges[0]!.text.length === 1;
}

/** VS Code waits for the engine process to be gone and the figures to be written. */
export function deactivate(): Promise<unknown> | undefined {
  return shutDown?.();
}
