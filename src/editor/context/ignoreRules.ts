import ignore, { type Ignore } from 'ignore';
import * as vscode from 'vscode';

/**
 * Whether a file is one that the user's project leaves out: `.gitignore` at the root of its folder, and `files.exclude`.
 * Rules are read once for a folder and again when its `.gitignore` changes.
 */
export class IgnoreRules implements vscode.Disposable {
  private readonly byFolder = new Map<string, Ignore>();
  private readonly answers = new Map<string, boolean>();
  private readonly watcher = vscode.workspace.createFileSystemWatcher('**/.gitignore');
  private readonly listening: vscode.Disposable;

  constructor(private readonly reportError: (error: unknown) => void) {
    const forget = (): void => {
      this.byFolder.clear();
      this.answers.clear();
    };
    this.listening = vscode.Disposable.from(
      this.watcher,
      this.watcher.onDidChange(forget),
      this.watcher.onDidCreate(forget),
      this.watcher.onDidDelete(forget),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('files.exclude')) forget();
      }),
    );
  }

  async isIgnored(uri: vscode.Uri): Promise<boolean> {
    if (excludedByFiles(uri)) return true;
    const folder = vscode.workspace.getWorkspaceFolder(uri);
    const relative = vscode.workspace.asRelativePath(uri, false);
    // Outside of every folder the path stays absolute, and no project says anything about it.
    if (!folder || relative.startsWith('..') || /^(?:\/|[A-Za-z]:)/.test(relative)) return false;
    return (await this.rulesOf(folder)).ignores(relative);
  }

  /** What is known now. Not known yet counts as ignored: a file may come a key later, but never by mistake. */
  mayBeIgnored(uri: vscode.Uri): boolean {
    const key = uri.toString();
    const known = this.answers.get(key);
    if (known === undefined) this.isIgnored(uri).then((answer) => this.answers.set(key, answer), this.reportError);
    return known ?? true;
  }

  dispose(): void {
    this.listening.dispose();
  }

  private async rulesOf(folder: vscode.WorkspaceFolder): Promise<Ignore> {
    const key = folder.uri.toString();
    const known = this.byFolder.get(key);
    if (known) return known;
    const rules = ignore();
    try {
      const file = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(folder.uri, '.gitignore'));
      rules.add(new TextDecoder().decode(file));
    } catch (error) {
      if (!(error instanceof vscode.FileSystemError)) throw error;
    }
    this.byFolder.set(key, rules);
    return rules;
  }
}

function excludedByFiles(uri: vscode.Uri): boolean {
  const patterns = vscode.workspace.getConfiguration('files', uri).get<Record<string, unknown>>('exclude') ?? {};
  return matchesAny(
    uri,
    Object.keys(patterns).filter((pattern) => patterns[pattern] === true),
  );
}

/** Whether a file's path matches one of VS Code's glob patterns. */
export function matchesAny(uri: vscode.Uri, patterns: readonly string[]): boolean {
  // Only the URI is looked at when a filter has nothing but a pattern.
  const document = { uri, languageId: '', fileName: uri.fsPath } as vscode.TextDocument;
  return patterns.some((pattern) => vscode.languages.match({ pattern }, document) > 0);
}
