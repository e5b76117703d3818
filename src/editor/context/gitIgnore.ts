import { posix } from 'node:path';
import ignore, { type Ignore } from 'ignore';
import * as vscode from 'vscode';

/** What a file system says of a folder that has no such file. */
const noFile: ReadonlySet<string> = new Set(['FileNotFound', 'FileIsADirectory']);

/** Where rules begin, and the names of the folders from there down to a workspace folder. */
interface Root {
  readonly uri: vscode.Uri;
  readonly below: readonly string[];
}

/**
 * The rules of every `.gitignore` from the root of the repository that a workspace folder is in (else from the folder itself)
 * down to a file's own folder, as git joins them.
 */
export class GitIgnore {
  /** By address; promises, so that files checked at once read a `.gitignore` once. */
  private readonly byDirectory = new Map<string, Promise<Ignore>>();
  private readonly roots = new Map<string, Promise<Root>>();

  /** @param path of a file below the folder, relative to it. */
  async ignores(folder: vscode.Uri, path: string): Promise<boolean> {
    const { uri, below } = await this.rootOf(folder);
    const segments = [...below, ...path.split('/')];
    const rules = await this.rulesOf(uri, segments.slice(0, -1));
    // Looks at every ancestor, too: nothing below an ignored folder comes back.
    return rules.ignores(segments.join('/'));
  }

  forget(): void {
    this.byDirectory.clear();
    this.roots.clear();
  }

  private rootOf(folder: vscode.Uri): Promise<Root> {
    const key = folder.toString();
    const known = this.roots.get(key);
    if (known) return known;
    const root = this.findRoot(folder);
    this.roots.set(key, root);
    return root;
  }

  private async findRoot(folder: vscode.Uri): Promise<Root> {
    const own: Root = { uri: folder, below: [] };
    const repository = await repositoryAround(folder);
    if (!repository || repository.below.length === 0) return own;
    const { uri, below } = repository;
    const rules = await this.rulesOf(uri, below.slice(0, -1));
    // A home folder under git ignores all that is not its own: then its rules are not meant for what is inside.
    return rules.ignores(`${below.join('/')}/`) ? own : repository;
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

/** The nearest folder with a `.git` in it, from `folder` upwards. */
async function repositoryAround(folder: vscode.Uri): Promise<Root | undefined> {
  const below: string[] = [];
  let uri = folder;
  while (!(await exists(vscode.Uri.joinPath(uri, '.git')))) {
    const above = vscode.Uri.joinPath(uri, '..');
    if (above.path.length >= uri.path.length) return undefined;
    below.unshift(posix.basename(uri.path));
    uri = above;
  }
  return { uri, below };
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch (error) {
    // What cannot be looked into is no place to take rules from, either.
    if (error instanceof vscode.FileSystemError) return false;
    throw error;
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
