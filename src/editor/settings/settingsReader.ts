import * as vscode from 'vscode';
import type { Log } from '../../protocol/log';
import { describeInvalidSetting, type InvalidSetting, readSettings, type Settings } from './settings';

/**
 * Settings by document, read once for a language and folder until a setting changes: a keystroke must not pay for it.
 * Every value that cannot be used is logged once.
 */
export class SettingsReader implements vscode.Disposable {
  private readonly emitter = new vscode.EventEmitter<vscode.ConfigurationChangeEvent>();
  /** A setting of Top-K changed; settings read from here on are the new ones. */
  readonly onDidChange = this.emitter.event;
  private readonly read = new Map<string, Settings>();
  private changes = 0;
  private readonly invalid = new Map<string, InvalidSetting>();
  private readonly logged = new Set<string>();
  private readonly listening: vscode.Disposable;

  constructor(private readonly log: Pick<Log, 'warn'>) {
    this.listening = vscode.Disposable.from(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (!event.affectsConfiguration('topK')) return;
        this.forget();
        this.emitter.fire(event);
      }),
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.forget()),
    );
  }

  /** @param document without one: what holds in no particular file. */
  for(document?: Pick<vscode.TextDocument, 'uri' | 'languageId'>): Settings {
    const folder = document && vscode.workspace.getWorkspaceFolder(document.uri)?.uri.toString();
    const place = JSON.stringify([document?.languageId, folder]);
    const known = this.read.get(place);
    if (known) return known;
    const scope = document && { uri: document.uri, languageId: document.languageId };
    return this.readAt(place, scope);
  }

  /** For a file that need not be open; what is set for its language does not count. */
  forFile(uri: vscode.Uri): Settings {
    const folder = vscode.workspace.getWorkspaceFolder(uri)?.uri.toString();
    const place = JSON.stringify([null, folder]);
    return this.read.get(place) ?? this.readAt(place, uri);
  }

  /** Another one whenever settings may have changed: what was read with an earlier one is out of date. */
  get revision(): number {
    return this.changes;
  }

  /** Settings in force by their default because their value cannot be used, as far as they were read. */
  get invalidSettings(): readonly InvalidSetting[] {
    return [...this.invalid.values()];
  }

  dispose(): void {
    vscode.Disposable.from(this.listening, this.emitter).dispose();
  }

  private readAt(place: string, scope: vscode.ConfigurationScope | undefined): Settings {
    const settings = readSettings(scope, (invalid) => this.report(invalid));
    this.read.set(place, settings);
    return settings;
  }

  private forget(): void {
    this.changes++;
    this.read.clear();
    this.invalid.clear();
  }

  private report(invalid: InvalidSetting): void {
    const id = JSON.stringify([invalid.key, invalid.value]);
    this.invalid.set(id, invalid);
    if (this.logged.has(id)) return;
    this.logged.add(id);
    this.log.warn(describeInvalidSetting(invalid));
  }
}
