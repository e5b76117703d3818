import * as vscode from 'vscode';
import {
  type AcceptanceCounts,
  type AcceptedPart,
  countAccepted,
  countRetained,
  countShown,
  mergeCounts,
  readCounts,
} from '../../completion/explain/acceptanceCounts';
import { setContextKey } from '../contextKeys';

const storageKey = 'topK.acceptanceFigures';
/** Figures are worth little, so they may wait for one another; a window that closes keeps them by `dispose`. */
const saveAfterMs = 5_000;

/**
 * Counts what becomes of completions, across windows and sessions, in VS Code's storage of this machine. Not among the keys
 * that are synced, and never sent.
 */
export class AcceptanceFigures implements vscode.Disposable {
  private readonly emitter = new vscode.EventEmitter<void>();
  readonly onDidChange = this.emitter.event;
  /** Counted since the last save. Other windows save to the same place, so what is there is added to, not replaced. */
  private pending: AcceptanceCounts = {};
  private saveTimer: NodeJS.Timeout | undefined;

  constructor(private readonly storage: vscode.Memento) {
    void setContextKey('hasAcceptanceFigures', !this.isEmpty);
  }

  get counts(): AcceptanceCounts {
    return mergeCounts(readCounts(this.storage.get(storageKey)), this.pending);
  }

  get isEmpty(): boolean {
    return Object.keys(this.counts).length === 0;
  }

  /** @param latencyMs from the request to the answer. */
  recordShown(languageId: string, latencyMs: number): void {
    this.change(countShown(this.pending, languageId, latencyMs));
  }

  recordAccepted(languageId: string, how: AcceptedPart, characters: number): void {
    this.change(countAccepted(this.pending, languageId, how, characters));
    void setContextKey('hasAccepted', true);
  }

  /** @param characters of an accepted completion that were still there 30 s later. */
  recordRetained(languageId: string, characters: number): void {
    this.change(countRetained(this.pending, languageId, characters));
  }

  async clear(): Promise<void> {
    clearTimeout(this.saveTimer);
    this.saveTimer = undefined;
    this.pending = {};
    await this.storage.update(storageKey, undefined);
    await setContextKey('hasAcceptanceFigures', false);
    this.emitter.fire();
  }

  /** Writes what was counted since the last time. */
  async save(): Promise<void> {
    clearTimeout(this.saveTimer);
    this.saveTimer = undefined;
    if (Object.keys(this.pending).length === 0) return;
    const { counts } = this;
    this.pending = {};
    await this.storage.update(storageKey, counts);
  }

  dispose(): void {
    void this.save();
    this.emitter.dispose();
  }

  private change(pending: AcceptanceCounts): void {
    if (this.isEmpty) void setContextKey('hasAcceptanceFigures', true);
    this.pending = pending;
    this.saveTimer ??= setTimeout(() => void this.save(), saveAfterMs).unref();
    this.emitter.fire();
  }
}
