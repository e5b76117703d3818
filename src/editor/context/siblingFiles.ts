import * as vscode from 'vscode';
import type { IgnoreRules } from './ignoreRules';
import type { LocatedFile } from './locatedFile';
import { extensionOf, readTextFile } from './textFile';

const mostSiblings = 8;
const rememberedFolders = 20;

/** Files of the same kind in the folder of a document, read in the background when the document comes to the front. */
export class SiblingFiles implements vscode.Disposable {
  private readonly byFolder = new Map<string, readonly LocatedFile[]>();
  private readonly listening: vscode.Disposable;

  constructor(
    private readonly ignoreRules: IgnoreRules,
    private readonly reportError: (error: unknown) => void,
  ) {
    const forget = (uri: vscode.Uri): void => void this.byFolder.delete(folderKey(uri));
    this.listening = vscode.Disposable.from(
      vscode.workspace.onDidSaveTextDocument(({ uri }) => forget(uri)),
      vscode.workspace.onDidCreateFiles(({ files }) => files.forEach(forget)),
      vscode.workspace.onDidDeleteFiles(({ files }) => files.forEach(forget)),
      vscode.workspace.onDidRenameFiles(({ files }) =>
        files.forEach(({ oldUri, newUri }) => [oldUri, newUri].forEach(forget)),
      ),
    );
  }

  /** What is known now; reads the folder for the next time where it is not known yet. */
  of(document: vscode.TextDocument): readonly LocatedFile[] {
    const { uri } = document;
    if (uri.scheme === 'untitled' || uri.scheme === 'vscode-notebook-cell') return [];
    const key = folderKey(uri);
    const known = this.byFolder.get(key);
    if (known) return known;
    this.byFolder.set(key, []);
    while (this.byFolder.size > rememberedFolders) this.byFolder.delete(this.byFolder.keys().next().value!);
    this.read(uri).then((files) => this.byFolder.set(key, files), this.reportError);
    return [];
  }

  dispose(): void {
    this.listening.dispose();
  }

  private async read(uri: vscode.Uri): Promise<readonly LocatedFile[]> {
    const folder = vscode.Uri.joinPath(uri, '..');
    const extension = extensionOf(uri.path);
    let entries: [string, vscode.FileType][];
    try {
      entries = await vscode.workspace.fs.readDirectory(folder);
    } catch (error) {
      // A virtual document may live in no folder.
      if (error instanceof vscode.FileSystemError) return [];
      throw error;
    }
    const files: LocatedFile[] = [];
    for (const [name, type] of entries) {
      const sibling = vscode.Uri.joinPath(folder, name);
      if (files.length >= mostSiblings) break;
      if (type !== vscode.FileType.File || extensionOf(name) !== extension || sibling.path === uri.path) continue;
      if (await this.ignoreRules.isIgnored(sibling)) continue;
      const text = await readTextFile(sibling);
      if (text === undefined) continue;
      files.push({ uri: sibling, file: { path: vscode.workspace.asRelativePath(sibling, false), text } });
    }
    return files;
  }
}

/** A folder and the extension of the document: siblings are of its kind. */
function folderKey(uri: vscode.Uri): string {
  return `${vscode.Uri.joinPath(uri, '..').toString()} ${extensionOf(uri.path)}`;
}
