import * as vscode from 'vscode';
import { type CommandId, commandIds } from '../commands/commandIds';
import type { InvalidSetting } from '../settings/settings';
import { type StatusState, statusText } from './statusText';

export type { StatusState } from './statusText';

/** Shorter work would only make the icon flicker. */
const thinkingShownAfterMs = 150;
/** Several changes of one keystroke make one tooltip. */
const tooltipAfterMs = 50;

/** Links of the tooltip: commands that take no arguments and change no text. */
const tooltipLinks: Readonly<Record<StatusState['kind'], readonly (readonly [string, CommandId])[]>> = (() => {
  const always = [
    ['Why no suggestion?', commandIds.whyNoSuggestion],
    ['Settings', commandIds.openSettings],
    ['Log', commandIds.showLog],
  ] as const;
  const running = [['Snooze', commandIds.snooze], ...always] as const;
  return {
    starting: running,
    ready: running,
    stopped: running,
    unsure: running,
    late: running,
    thinking: running,
    snoozed: [['End snooze', commandIds.endSnooze], ...always],
    disabledHere: [['Toggle for this language', commandIds.toggleLanguage], ...always],
    failed: [['Restart the engine', commandIds.restartEngine], ...always],
  };
})();

/** What the language status item tells about the engine. */
export interface EngineDetails {
  /** Undefined while the engine does not run. */
  readonly model?: string | undefined;
  /** Provider, and why this one. */
  readonly executionProvider?: string | undefined;
  readonly isBusy: boolean;
  /** Why the engine does not run. */
  readonly failure?: string | undefined;
  readonly invalidSettings: readonly InvalidSetting[];
}

/** The status bar item with the score card as its tooltip, and the items in the language status menu. */
export class StatusItems implements vscode.Disposable {
  private readonly bar: vscode.StatusBarItem;
  private readonly engineItem: vscode.LanguageStatusItem;
  private invalidSettingsItem: vscode.LanguageStatusItem | undefined;
  private state: StatusState = { kind: 'stopped' };
  private lastConfidence: number | undefined;
  private thinkingTimer: NodeJS.Timeout | undefined;
  private tooltipTimer: NodeJS.Timeout | undefined;

  /** @param card Markdown of the completion on offer, its text escaped; undefined where there is none. */
  constructor(private readonly card: () => string | undefined) {
    this.bar = vscode.window.createStatusBarItem('topK.status', vscode.StatusBarAlignment.Right, 100);
    this.bar.name = 'Top-K';
    this.bar.command = commandIds.showMenu;
    this.engineItem = vscode.languages.createLanguageStatusItem('topK.engine', '*');
    this.engineItem.name = 'Top-K Engine';
    this.engineItem.command = { command: commandIds.showLog, title: 'Show Log' };
    this.showEngine({ isBusy: false, invalidSettings: [] });
    this.render();
    this.bar.show();
  }

  update(state: StatusState): void {
    this.state = state;
    if (state.kind !== 'thinking') this.lastConfidence = state.kind === 'ready' ? state.lastConfidence : undefined;
    if (state.kind === 'thinking') {
      this.thinkingTimer ??= setTimeout(() => this.render(), thinkingShownAfterMs);
    } else this.render();
  }

  /** After a change of the completion on offer that is no change of the state. */
  refreshTooltip(): void {
    this.tooltipTimer ??= setTimeout(() => this.renderTooltip(), tooltipAfterMs);
  }

  showEngine({ model, executionProvider, isBusy, failure, invalidSettings }: EngineDetails): void {
    this.engineItem.busy = isBusy;
    this.engineItem.text = model === undefined ? 'Top-K' : `Top-K: ${model}`;
    this.engineItem.detail = failure ?? executionProvider ?? 'the engine starts with the next completion';
    this.engineItem.severity =
      failure === undefined ? vscode.LanguageStatusSeverity.Information : vscode.LanguageStatusSeverity.Error;
    this.showInvalidSettings(invalidSettings);
  }

  dispose(): void {
    clearTimeout(this.thinkingTimer);
    clearTimeout(this.tooltipTimer);
    this.bar.dispose();
    this.engineItem.dispose();
    this.invalidSettingsItem?.dispose();
  }

  private render(): void {
    clearTimeout(this.thinkingTimer);
    this.thinkingTimer = undefined;
    const { text, sentence } = statusText(this.state, this.lastConfidence);
    this.bar.text = text;
    this.bar.accessibilityInformation = { label: sentence, role: 'button' };
    this.bar.backgroundColor =
      this.state.kind === 'failed' ? new vscode.ThemeColor('statusBarItem.errorBackground') : undefined;
    this.refreshTooltip();
  }

  private renderTooltip(): void {
    this.tooltipTimer = undefined;
    const links = tooltipLinks[this.state.kind];
    const tooltip = new vscode.MarkdownString();
    // Model text is in the card, so no more than these commands may be run from it.
    tooltip.isTrusted = { enabledCommands: links.map(([, command]) => command) };
    const card = this.card();
    if (card !== undefined) tooltip.appendMarkdown(`${card}\n\n---\n\n`);
    // The card of a completion says more than the sentence about it.
    if (card === undefined || this.state.kind !== 'ready') {
      tooltip.appendText(statusText(this.state).sentence).appendMarkdown('\n\n');
    }
    tooltip.appendMarkdown(`${links.map(([title, command]) => `[${title}](command:${command})`).join(' · ')}`);
    this.bar.tooltip = tooltip;
  }

  private showInvalidSettings(invalidSettings: readonly InvalidSetting[]): void {
    if (invalidSettings.length === 0) {
      this.invalidSettingsItem?.dispose();
      this.invalidSettingsItem = undefined;
      return;
    }
    this.invalidSettingsItem ??= vscode.languages.createLanguageStatusItem('topK.invalidSettings', '*');
    const item = this.invalidSettingsItem;
    item.name = 'Top-K Settings';
    const { length } = invalidSettings;
    item.text = `Top-K: ${length} ${length === 1 ? 'setting' : 'settings'} cannot be used`;
    // Longer words would push the link out of sight; the log has the whole sentences.
    item.detail = invalidSettings.map(({ key }) => key).join(', ');
    item.severity = vscode.LanguageStatusSeverity.Warning;
    item.command = { command: commandIds.openSettings, title: 'Open Settings' };
  }
}
