import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { EngineState } from '../../client/engineClient';
import type { Completer, Completion } from '../../completion/completer';
import { outcomeOf, type Reason } from '../../completion/explain/reason';
import { decideToShow } from '../../completion/judge/showDecision';
import type { TypingRhythm } from '../../completion/judge/typingRhythm';
import type { Prompt } from '../../completion/prompt/lastingPrompt';
import type { PromptWarmer } from '../../completion/promptWarmer';
import { isCancelled } from '../../protocol/engineError';
import type { ContextSources } from '../context/contextSources';
import type { EngineSupervisor } from '../engine/engineSupervisor';
import type { Offer } from '../offer/offer';
import type { Offers } from '../offer/offers';
import type { Settings } from '../settings/settings';
import type { SettingsReader } from '../settings/settingsReader';
import { type CaretContext, caretContextAt } from './caretContext';
import type { DecisionRecorder, OpenDecision } from './decisionRecorder';
import { reasonToSkip, wantsSeveralLines } from './gate';
import { inlineItems } from './inlineItems';
import { withLaterAlternatives } from './laterAlternatives';
import type { MouseScores } from './mouseScores';
import type { PlaceChecks } from './placeChecks';
import type { Refresher } from './refresher';
import { type RequestKind, type RequestRules, requestRules } from './requestKind';

export interface InlineCompletionServices {
  readonly completer: Completer;
  readonly warmer: PromptWarmer;
  readonly engine: EngineSupervisor;
  readonly offers: Offers;
  readonly rhythm: TypingRhythm;
  readonly decisions: DecisionRecorder;
  readonly places: PlaceChecks;
  readonly refresher: Refresher;
  readonly context: ContextSources;
  readonly mouseScores: MouseScores;
  readonly settings: SettingsReader;
  reportError(error: unknown): void;
}

interface CompletionRequest {
  readonly kind: RequestKind;
  readonly rules: RequestRules;
  readonly document: vscode.TextDocument;
  /** Of the document, when VS Code asked. */
  readonly version: number;
  readonly caret: CaretContext;
  readonly settings: Settings;
  readonly settingsRevision: number;
  readonly selected: vscode.SelectedCompletionInfo | undefined;
  /** What was kept for the caret. */
  readonly kept: Offer | undefined;
}

/** How a request ended, and what is on offer from then on. */
interface Outcome {
  readonly reason: Reason;
  readonly offer?: Offer;
}

/** Answers VS Code's requests for inline completions: from what is kept already, or from the model. */
export class TopKInlineCompletionProvider implements vscode.InlineCompletionItemProvider {
  constructor(private readonly services: InlineCompletionServices) {}

  provideInlineCompletionItems(
    document: vscode.TextDocument,
    position: vscode.Position,
    context: vscode.InlineCompletionContext,
    token: vscode.CancellationToken,
  ): vscode.ProviderResult<vscode.InlineCompletionItem[]> {
    // First, so that what is told of it is the time that VS Code waited.
    const decision = this.services.decisions.begin(document, position);
    try {
      const request = this.requestOf(document, position, context);
      const outcome = this.answerAtOnce(request);
      if (outcome) return this.endRequest(decision, outcome, request);
      return this.compute(request, token).then((computed) => this.endRequest(decision, computed, request));
    } catch (error) {
      return this.endRequest(decision, this.failure(error));
    }
  }

  /** The one place where a request ends: with a decision, with what is on offer, and with VS Code's items. */
  private endRequest(
    decision: OpenDecision,
    { reason, offer }: Outcome,
    request?: CompletionRequest,
  ): vscode.InlineCompletionItem[] {
    const items = offer && request ? inlineItems(offer, request.rules.wantsAlternatives, request.selected) : [];
    // The request that took the place of a cancelled one says what is on offer.
    if (outcomeOf(reason) !== 'cancelled') {
      this.services.offers.setLive(offer && { ...offer, itemCount: items.length });
    }
    decision.end(reason);
    return items;
  }

  private requestOf(
    document: vscode.TextDocument,
    position: vscode.Position,
    { triggerKind, selectedCompletionInfo: selected }: vscode.InlineCompletionContext,
  ): CompletionRequest {
    const { refresher, settings, offers } = this.services;
    const isExplicit = triggerKind === vscode.InlineCompletionTriggerKind.Invoke;
    // A request that comes by itself in the meantime, as for an entry of the suggest widget, is not the refresh.
    const isRefresh = isExplicit && refresher.takeRefresh(document, position);
    const kind = isRefresh ? 'refreshed' : isExplicit ? 'asked' : selected ? 'suggestEntry' : 'typed';
    const caret = caretContextAt(document, position, selected);
    return {
      kind,
      rules: requestRules[kind],
      document,
      version: document.version,
      caret,
      settings: settings.for(document),
      settingsRevision: settings.revision,
      selected,
      kept: offers.offerAt(caret),
    };
  }

  /** Undefined where the model has to be asked. */
  private answerAtOnce({ kind, rules, document, caret, settings, kept }: CompletionRequest): Outcome | undefined {
    const { places, mouseScores } = this.services;
    const { obeysPreferences } = rules;
    const skip = reasonToSkip({ document, caret, settings, obeysPreferences, ...places.check(document) });
    if (skip) return { reason: skip };
    if (!kept) return undefined;
    if (kind === 'asked' && settings.scoresOnMouseHover) mouseScores.askedAgain(document);
    const lacksAlternatives = kept.completion.alternatives.length === 0 && settings.alternatives > 0;
    if (kind === 'asked' && lacksAlternatives) return undefined;
    return { reason: { kind: kept.typedLength > 0 ? 'typedThrough' : 'samePlace' }, offer: kept };
  }

  private async compute(request: CompletionRequest, token: vscode.CancellationToken): Promise<Outcome> {
    const controller = new AbortController();
    const cancelling = token.onCancellationRequested(() => controller.abort());
    const { signal } = controller;
    try {
      return await this.askModel(this.withOtherFiles(request), signal);
    } catch (error) {
      if (signal.aborted || isCancelled(error)) return { reason: reasonOfCancelling(request) };
      return this.failure(error);
    } finally {
      cancelling.dispose();
    }
  }

  private async askModel(request: CompletionRequest, signal: AbortSignal): Promise<Outcome> {
    const { caret, rules, settings, settingsRevision } = request;
    const { engine } = this.services;
    if (!engine.isReady) {
      if (!rules.waitsForEngine) {
        this.repeatWhenWarm(request);
        return { reason: reasonOfEngine(engine.state) };
      }
      await engine.start();
      signal.throwIfAborted();
    }
    // Built once, and not before the engine can tell what its model wants.
    const prompt = this.services.completer.promptOf(caret.document);
    if (rules.waitsForPause) {
      this.warmMeanwhile(prompt);
      await this.waitForPause(request, signal);
    }
    const startedAt = performance.now();
    const completion = await engine.whileBusy(() => this.complete(request, prompt, signal));
    const milliseconds = performance.now() - startedAt;
    signal.throwIfAborted();
    if (this.services.settings.revision !== settingsRevision) return { reason: { kind: 'settingChanged' } };
    const minimumConfidence = rules.hasMinimumConfidence ? settings.minimumConfidence : 0;
    const decided = decideToShow(completion, caret.document.suffix, minimumConfidence);
    if (decided.show) {
      const offer = this.offerOf(request, completion, milliseconds);
      return { reason: { kind: 'confident', confidence: decided.confidence }, offer };
    }
    if (decided.reason.kind === 'late' && rules.isRepeated) this.repeatWhenWarm(request);
    return { reason: decided.reason };
  }

  private offerOf(request: CompletionRequest, completion: Completion, milliseconds: number): Offer {
    const { caret, rules, selected, kept } = request;
    const { offers } = this.services;
    // What is on the screen stays the first item, even where more time would have made it longer.
    const computed = kept
      ? offers.newCompletion(kept.context, withLaterAlternatives(kept, completion), milliseconds)
      : offers.newCompletion(caret, completion, milliseconds);
    if (rules.isRemembered && !selected) offers.rememberCompletion(computed);
    const { typedLength, replaceLength } = kept ?? { typedLength: 0, replaceLength: completion.replaceLength };
    return { ...computed, position: caret.position, typedLength, replaceLength, itemCount: 1 };
  }

  private withOtherFiles(request: CompletionRequest): CompletionRequest {
    const { document, caret, settings } = request;
    const openFiles = this.services.context.filesFor(document, caret.position, settings);
    return { ...request, caret: { ...caret, document: { ...caret.document, openFiles } } };
  }

  /** Starts the engine if need be and brings the prompt into its cache, without a time limit, then has VS Code ask again. */
  private repeatWhenWarm({ document, caret }: CompletionRequest): void {
    const { completer, engine, refresher } = this.services;
    const prepare = async (signal: AbortSignal): Promise<void> => {
      await engine.start();
      signal.throwIfAborted();
      await completer.warmPrompt(completer.promptOf(caret.document), { signal });
    };
    refresher.refreshAfter(prepare, document, caret.position);
  }

  private warmMeanwhile(prompt: Prompt): void {
    const { warmer, reportError } = this.services;
    warmer.warmPrompt(prompt).catch((error: unknown) => {
      if (!isCancelled(error)) reportError(error);
    });
  }

  private async waitForPause({ caret, settings }: CompletionRequest, signal: AbortSignal): Promise<void> {
    const { places, rhythm } = this.services;
    const isOnBattery = places.isOnBattery && settings.onBattery === 'slower';
    const wait = settings.delayMs ?? rhythm.waitAfter(caret.linePrefix.slice(-1)) * (isOnBattery ? 2 : 1);
    if (wait > 0) await delay(wait, undefined, { signal });
  }

  private complete(
    { caret, rules, settings }: CompletionRequest,
    prompt: Prompt,
    signal: AbortSignal,
  ): Promise<Completion> {
    const { candidates, alternatives, maxTokens, budgetMs } = settings;
    const options = {
      topK: candidates,
      alternatives: rules.wantsAlternatives ? alternatives : 0,
      maxTokens,
      multiLine: wantsSeveralLines(caret, settings),
      budgetMs: budgetMs * rules.budgetFactor,
      budgetFrom: rules.budgetFrom,
      prompt,
    };
    return this.services.completer.complete(caret.document, options, { signal });
  }

  private failure(error: unknown): Outcome {
    this.services.reportError(error);
    return { reason: { kind: 'failed', message: error instanceof Error ? error.message : String(error) } };
  }
}

function reasonOfEngine(state: EngineState): Reason {
  return state.kind === 'failed' ? { kind: 'engineFailed', message: state.error.message } : { kind: 'engineStarting' };
}

function reasonOfCancelling({ document, version }: CompletionRequest): Reason {
  return { kind: document.version === version ? 'editorMovedOn' : 'textChanged' };
}
