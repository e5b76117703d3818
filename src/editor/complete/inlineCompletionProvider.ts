import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { EngineState } from '../../client/engineClient';
import type { Reason } from '../../completion/explain/reason';
import { decideToShow } from '../../completion/judge/showDecision';
import { TypeThroughCache } from '../../completion/offer/typeThroughCache';
import type { TypingRhythm } from '../../completion/judge/typingRhythm';
import type { Completer, Completion } from '../../completion/completer';
import { isCancelled } from '../../protocol/engineError';
import type { PromptWarmer } from '../../completion/promptWarmer';
import { type CaretContext, caretContextAt } from './caretContext';
import type { ContextSources } from '../context/contextSources';
import type { DecisionRecorder, OpenDecision } from './decisionRecorder';
import type { EngineSupervisor } from '../engine/engineSupervisor';
import { reasonToSkip, wantsSeveralLines } from './gate';
import { inlineItems } from './inlineItems';
import { withLaterAlternatives } from './laterAlternatives';
import type { ComputedCompletion, LiveCompletion, LiveCompletionStore } from '../offer/liveCompletion';
import type { MouseScores } from './mouseScores';
import { patientBudgetFactor } from './patience';
import type { PlaceChecks } from './placeChecks';
import type { Refresher } from './refresher';
import type { Settings } from '../settings/settings';

export interface InlineCompletionServices {
  readonly completer: Completer;
  readonly warmer: PromptWarmer;
  readonly engine: EngineSupervisor;
  readonly live: LiveCompletionStore;
  readonly rhythm: TypingRhythm;
  readonly decisions: DecisionRecorder;
  readonly places: PlaceChecks;
  readonly refresher: Refresher;
  readonly context: ContextSources;
  readonly mouseScores: MouseScores;
  settingsFor(document: vscode.TextDocument): Settings;
  reportError(error: unknown): void;
}

/** Answers VS Code's requests for inline completions: from what is shown already, or from the model. */
export class TopKInlineCompletionProvider implements vscode.InlineCompletionItemProvider {
  private readonly cache = new TypeThroughCache<ComputedCompletion>();
  private nextId = 1;

  constructor(private readonly services: InlineCompletionServices) {}

  provideInlineCompletionItems(
    document: vscode.TextDocument,
    position: vscode.Position,
    { triggerKind, selectedCompletionInfo }: vscode.InlineCompletionContext,
    token: vscode.CancellationToken,
  ): vscode.ProviderResult<vscode.InlineCompletionItem[]> {
    // First, so that what is told of it is the time that VS Code waited.
    const decision = this.services.decisions.begin(document, position);
    try {
      const isAsked = triggerKind === vscode.InlineCompletionTriggerKind.Invoke;
      // A request that comes by itself in the meantime, as for an entry of the suggest widget, is not the refresh.
      const isRefresh = isAsked && this.services.refresher.takeRefresh(document, position);
      const isInvoked = isAsked && !isRefresh;
      const caret = caretContextAt(document, position, selectedCompletionInfo);
      const settings = this.services.settingsFor(document);

      const skip = reasonToSkip({ document, caret, settings, isInvoked, ...this.services.places.check(document) });
      if (skip !== undefined) {
        this.services.live.set(undefined);
        decision.end(skip);
        return [];
      }
      // While a suggest entry is selected, VS Code asks for every one that is passed over: they are not kept.
      const live = selectedCompletionInfo ? undefined : this.liveAt(caret);
      if (live && isInvoked && settings.scoresOnMouseHover) this.services.mouseScores.askedAgain(document);
      if (live && (!isInvoked || live.computed.completion.alternatives.length > 0 || settings.alternatives === 0)) {
        this.services.live.set(live);
        decision.end({ kind: live.typedLength > 0 ? 'typedThrough' : 'samePlace' });
        return inlineItems(live, isInvoked);
      }
      const openFiles = this.services.context.filesFor(document, position, settings);
      const informed = { ...caret, document: { ...caret.document, openFiles } };
      const request = {
        document,
        caret: informed,
        settings,
        isInvoked,
        isRefresh,
        selected: selectedCompletionInfo,
        live,
        decision,
      };
      return this.compute(request, token);
    } catch (error) {
      this.services.reportError(error);
      return [];
    }
  }

  /** Puts a completion in front of what was offered at its place: a fork that the user chose. */
  offer(context: CaretContext, completion: Completion, milliseconds: number): ComputedCompletion {
    const computed = { id: this.nextId++, context, completion, milliseconds };
    const { documentUri, document } = context;
    const { text, replaceLength } = completion;
    this.cache.remember({ documentUri, ...document }, { text, replaceLength, value: computed });
    return computed;
  }

  /** Of one document, or everything: another model or setting would answer differently. */
  forget(documentUri?: string): void {
    this.cache.forget(documentUri);
    if (documentUri === undefined) this.services.live.set(undefined);
  }

  private liveAt({ document, documentUri, position }: CaretContext): LiveCompletion | undefined {
    const { prefix, suffix } = document;
    const hit = this.cache.lookup({ documentUri, prefix, suffix });
    if (!hit) return undefined;
    const { typedLength, replaceLength, value: computed } = hit;
    return { computed, typedLength, replaceLength, documentUri, position };
  }

  private async compute(
    request: ComputeRequest,
    token: vscode.CancellationToken,
  ): Promise<vscode.InlineCompletionItem[]> {
    const { caret, settings, isInvoked, isRefresh, decision } = request;
    const { engine, live: store } = this.services;
    const controller = new AbortController();
    const cancelling = token.onCancellationRequested(() => controller.abort());
    const { signal } = controller;
    try {
      if (!engine.isReady && !isInvoked) {
        this.refreshWhenWarm(request);
        decision.end(reasonOfEngine(engine.state));
        return [];
      }
      if (!isInvoked && !isRefresh) {
        this.warmMeanwhile(request);
        await this.waitForPause(request, signal);
      }
      const startedAt = performance.now();
      const completion = await engine.whileBusy(() => this.ask(request, signal));
      const milliseconds = performance.now() - startedAt;
      if (signal.aborted) return (decision.end({ kind: 'textChanged' }), []);
      if (this.services.settingsFor(request.document) !== settings)
        return (decision.end({ kind: 'settingChanged' }), []);
      const isTooLate = completion.text === '' && completion.stopReason === 'budget';
      if (isTooLate && !isInvoked && !isRefresh) this.refreshWhenWarm(request);
      const shown = decideToShow(completion, isInvoked ? 0 : settings.minimumConfidence);
      if (!shown.show) {
        store.set(undefined);
        decision.end(shown.reason);
        return [];
      }
      const computed = request.selected
        ? { id: this.nextId++, context: caret, completion, milliseconds }
        : this.offer(request.live?.computed.context ?? caret, completion, milliseconds);
      const { typedLength, replaceLength } = request.live ?? { typedLength: 0, ...completion };
      const { documentUri, position } = caret;
      const live = { computed, typedLength, replaceLength, documentUri, position };
      store.set(live);
      decision.end({ kind: 'confident', confidence: shown.confidence });
      return inlineItems(live, isInvoked || isRefresh, request.selected);
    } catch (error) {
      if (signal.aborted || isCancelled(error)) decision.end({ kind: 'textChanged' });
      else {
        decision.end({ kind: 'failed', message: (error as Error).message });
        this.services.reportError(error);
      }
      return [];
    } finally {
      cancelling.dispose();
    }
  }

  /** Starts the engine if need be and brings the prompt into its cache, without a time limit, then has VS Code ask again. */
  private refreshWhenWarm({ document, caret }: ComputeRequest): void {
    const { completer, engine, refresher } = this.services;
    const prepare = async (signal: AbortSignal): Promise<void> => {
      await engine.start();
      signal.throwIfAborted();
      await completer.warmPrompt(caret.document, { signal });
    };
    refresher.refreshAfter(prepare, document, caret.position);
  }

  private warmMeanwhile({ caret }: ComputeRequest): void {
    const { warmer, reportError } = this.services;
    warmer.warmPrompt(caret.document).catch((error: unknown) => {
      if (!isCancelled(error)) reportError(error);
    });
  }

  private async waitForPause({ caret, settings }: ComputeRequest, signal: AbortSignal): Promise<void> {
    const isOnBattery = this.services.places.isOnBattery && settings.onBattery === 'slower';
    const wait = settings.delayMs ?? this.services.rhythm.waitAfter(caret.linePrefix.slice(-1)) * (isOnBattery ? 2 : 1);
    if (wait > 0) await delay(wait, undefined, { signal });
  }

  private async ask(
    { caret, settings, isInvoked, isRefresh, live }: ComputeRequest,
    signal: AbortSignal,
  ): Promise<Completion> {
    const { candidates: topK, alternatives, maxTokens, budgetMs } = settings;
    // A refresh is explicit for VS Code, which will not ask once more when the user leafs through the alternatives.
    const isPatient = isInvoked || isRefresh;
    const completion = await this.services.completer.complete(
      caret.document,
      {
        ...{ topK, maxTokens, multiLine: wantsSeveralLines(caret, settings) },
        alternatives: isPatient ? alternatives : 0,
        ...(isPatient ? { budgetMs: budgetMs * patientBudgetFactor, budgetFrom: 'firstText' } : { budgetMs }),
      },
      { signal },
    );
    // What is on the screen stays the first item, even where more time would have made it longer.
    return live ? withLaterAlternatives(live, completion) : completion;
  }
}

function reasonOfEngine(state: EngineState): Reason {
  return state.kind === 'failed' ? { kind: 'engineFailed', message: state.error.message } : { kind: 'engineStarting' };
}

interface ComputeRequest {
  readonly document: vscode.TextDocument;
  readonly caret: CaretContext;
  readonly settings: Settings;
  readonly isInvoked: boolean;
  /** Asked again by the refresher, in place of a request that came too early. */
  readonly isRefresh: boolean;
  readonly selected: vscode.SelectedCompletionInfo | undefined;
  /** On offer at the caret already; what was asked for are its alternatives. */
  readonly live: LiveCompletion | undefined;
  readonly decision: OpenDecision;
}
