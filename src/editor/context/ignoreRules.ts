import * as vscode from 'vscode';
import { type Log, logFailure } from '../../protocol/log';
import { GitIgnore } from './gitIgnore';

/**
 * Whether a file is one that the user's project leaves out: by a `.gitignore`, `files.exclude` or `search.exclude`. Answers
 * are kept until one of these, or the folders of the workspace, change; a `.gitignore` above the folders is not watched. A check
 * that fails counts as ignored.
 */
export class IgnoreRules implements vscode.Disposable {
  private readonly emitter = new vscode.EventEmitter<void>();
  /** Other files may be ignored now. */
  readonly onDidChange = this.emitter.event;
  private readonly gitIgnore = new GitIgnore();
  private answers = new Map<string, boolean>();
  private hasFailed = false;
  private readonly listening: vscode.Disposable;

  constructor(private readonly log: Log) {
    const watcher = vscode.workspace.createFileSystemWatcher('**/.gitignore');
    const forget = (): void => this.forget();
    this.listening = vscode.Disposable.from(
      watcher,
      watcher.onDidChange(forget),
      watcher.onDidCreate(forget),
      watcher.onDidDelete(forget),
      vscode.workspace.onDidChangeWorkspaceFolders(forget),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('files.exclude') || event.affectsConfiguration('search.exclude')) forget();
      }),
    );
  }

  /** Never rejects. */
  async isIgnored(uri: vscode.Uri): Promise<boolean> {
    try {
      return await this.check(uri);
    } catch (error) {
      // Once until something changes: the same reason would come with every file, at every request.
      if (!this.hasFailed) logFailure(this.log, error);
      this.hasFailed = true;
      return true;
    }
  }

  /** What is known now. Not known yet counts as ignored: a file may come a key later, but never by mistake. */
  mayBeIgnored(uri: vscode.Uri): boolean {
    const key = uri.toString();
    const { answers } = this;
    const known = answers.get(key);
    if (known !== undefined) return known;
    answers.set(key, true);
    // Into the answers of the time it was asked: those may be forgotten by then.
    void this.isIgnored(uri).then((answer) => answers.set(key, answer));
    return true;
  }

  dispose(): void {
    vscode.Disposable.from(this.listening, this.emitter).dispose();
  }

  private forget(): void {
    this.gitIgnore.forget();
    this.answers = new Map();
    this.hasFailed = false;
    this.emitter.fire();
  }

  private async check(uri: vscode.Uri): Promise<boolean> {
    const folder = vscode.workspace.getWorkspaceFolder(uri);
    if (isExcludedBySettings(uri, folder)) return true;
    // Outside of every folder no project says anything about it.
    if (!folder) return false;
    const root = folder.uri.path.endsWith('/') ? folder.uri.path : `${folder.uri.path}/`;
    return uri.path.startsWith(root) && this.gitIgnore.ignores(folder.uri, uri.path.slice(root.length));
  }
}

/** As VS Code's search joins the two settings; a pattern excludes what it matches and all that is below. */
function isExcludedBySettings(uri: vscode.Uri, folder: vscode.WorkspaceFolder | undefined): boolean {
  const configuration = vscode.workspace.getConfiguration(undefined, uri);
  const patterns = {
    ...configuration.get<Record<string, unknown>>('files.exclude'),
    ...configuration.get<Record<string, unknown>>('search.exclude'),
  };
  const globs = Object.keys(patterns)
    .filter((pattern) => patterns[pattern] === true)
    .map((pattern) => pattern.replace(/\/+$/, ''))
    .flatMap((pattern) => [pattern, `${pattern}/**`]);
  return matchesAny(uri, folder ? globs.map((glob) => new vscode.RelativePattern(folder, glob)) : globs);
}

/** Whether a file's path matches one of VS Code's glob patterns. */
export function matchesAny(uri: vscode.Uri, patterns: readonly vscode.GlobPattern[]): boolean {
  // Only the URI is looked at when a filter has nothing but a pattern.
  const document = { uri, languageId: '', fileName: uri.fsPath } as vscode.TextDocument;
  return patterns.some((pattern) => vscode.languages.match({ pattern }, document) > 0);
}
