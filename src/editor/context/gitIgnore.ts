import ignore, { type Ignore } from 'ignore';
import * as vscode from 'vscode';

/** What a file system says of a folder that has no such file. */
const noFile: ReadonlySet<string> = new Set(['FileNotFound', 'FileIsADirectory']);

/** The rules of every `.gitignore` from the root of a workspace folder down to a file's own folder, as git joins them. */
export class GitIgnore {
  /** By address; promises, so that files checked at once read a `.gitignore` once. */
  private readonly byDirectory = new Map<string, Promise<Ignore>>();

  /** @param path of a file below the folder, relative to it. */
  async ignores(folder: vscode.Uri, path: string): Promise<boolean> {
    const rules = await this.rulesOf(folder, path.split('/').slice(0, -1));
    // Looks at every ancestor, too: nothing below an ignored folder comes back.
    return rules.ignores(path);
  }

  forget(): void {
    this.byDirectory.clear();
  }

  private rulesOf(folder: vscode.Uri, directory: readonly string[]): Promise<Ignore> {
    const uri = vscode.Uri.joinPath(folder, ...directory);
    const key = `${folder.toString()} ${uri.toString()}`;
    const known = this.byDirectory.get(key);
    if (known) return known;
    const rules = this.read(folder, directory, uri);
    this.byDirectory.set(key, rules);
    return rules;
  }

  private async read(folder: vscode.Uri, directory: readonly string[], uri: vscode.Uri): Promise<Ignore> {
    const above = directory.length === 0 ? ignore() : await this.rulesOf(folder, directory.slice(0, -1));
    const own = await textOf(vscode.Uri.joinPath(uri, '.gitignore'));
    if (own === undefined) return above;
    return ignore()
      .add(above)
      .add(own.split(/\r?\n/).map((line) => fromRoot(line, directory)));
  }
}

async function textOf(uri: vscode.Uri): Promise<string | undefined> {
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch (error) {
    if (error instanceof vscode.FileSystemError && noFile.has(error.code)) return undefined;
    throw error;
  }
}

/** A line of the `.gitignore` in `directory` as it would stand in the one at the root. */
function fromRoot(line: string, directory: readonly string[]): string {
  const [, negation, pattern] = /^(!?)(.*)$/s.exec(line)!;
  if (directory.length === 0 || pattern!.trim() === '' || line.startsWith('#')) return line;
  const base = directory.map((name) => name.replace(/[\\*?[\]]/g, '\\$&')).join('/');
  // A pattern with a slash before its end is meant from its own folder on, any other at every depth.
  const isAnchored = /\/\s*\S/.test(pattern!);
  return `${negation}/${base}/${isAnchored ? pattern!.replace(/^\//, '') : `**/${pattern}`}`;
}
