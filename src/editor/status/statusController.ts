import * as vscode from 'vscode';
import type { LastingReason } from '../../completion/explain/reason';
import { statusClauseOf } from '../../completion/explain/reasonTexts';
import { confidenceOf } from '../../completion/judge/confidence';
import { lastingReason } from '../complete/gate';
import type { EngineSupervisor } from '../engine/engineSupervisor';
import { remainingPath } from '../offer/offer';
import type { Offers } from '../offer/offers';
import type { PlaceChecks } from '../complete/placeChecks';
import type { SettingsReader } from '../settings/settingsReader';
import type { Snooze } from '../commands/snooze';
import type { StatusItems, StatusState } from './statusItems';

export interface StatusServices {
  readonly items: StatusItems;
  readonly engine: EngineSupervisor;
  readonly offers: Offers;
  readonly snooze: Snooze;
  readonly settings: SettingsReader;
  readonly places: PlaceChecks;
}

/** Keeps the status bar and the language status in step with everything they speak of. */
export class StatusController implements vscode.Disposable {
  private readonly listening: vscode.Disposable;
  private isBusy = false;

  constructor(private readonly services: StatusServices) {
    const { engine, offers, snooze, settings } = services;
    const update = (): void => this.update();
    this.listening = vscode.Disposable.from(
      engine.onDidChangeState(update),
      engine.onProgress(update),
      engine.onDidChangeBusy((isBusy) => {
        this.isBusy = isBusy;
        update();
      }),
      offers.onDidChange(() => {
        services.items.refreshTooltip();
        update();
      }),
      snooze.onDidChange(update),
      settings.onDidChange(update),
      vscode.window.onDidChangeActiveTextEditor(update),
    );
    update();
  }

  dispose(): void {
    this.listening.dispose();
  }

  private update(): void {
    const { items, engine, settings } = this.services;
    items.update(this.state());
    const { state } = engine;
    items.showEngine({
      isBusy: this.isBusy,
      invalidSettings: [...settings.invalidSettings, ...(engine.modelProblem ? [engine.modelProblem] : [])],
      ...(state.kind === 'ready' && {
        model: state.engine.model,
        executionProvider: `${state.engine.executionProvider} (${state.engine.executionProviderReason})`,
      }),
      ...(state.kind === 'failed' && { failure: state.error.message }),
    });
  }

  /** What hinders most comes first. */
  private state(): StatusState {
    const { engine, offers, snooze } = this.services;
    if (engine.state.kind === 'failed') return { kind: 'failed', message: engine.state.error.message };
    if (snooze.until) return { kind: 'snoozed', until: snooze.until };
    const why = this.whyDisabledHere();
    if (why) return { kind: 'disabledHere', why: statusClauseOf(why) };
    if (engine.state.kind === 'starting') {
      const { progress } = engine;
      return { kind: 'starting', percent: progress && Math.round(progress.fraction * 100) };
    }
    if (this.isBusy) return { kind: 'thinking' };
    const shown = offers.live;
    return { kind: 'ready', lastConfidence: shown && confidenceOf(remainingPath(shown)) };
  }

  /** Only what lasts: the bar would flicker if it followed the caret into comments and the middle of lines. */
  private whyDisabledHere(): LastingReason | undefined {
    const document = vscode.window.activeTextEditor?.document;
    const settings = this.services.settings.for(document);
    if (!settings.enable) return { kind: 'switchedOff' };
    return document && lastingReason({ document, settings, ...this.services.places.check(document) });
  }
}
