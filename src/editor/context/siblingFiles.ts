import * as vscode from 'vscode';
import { type Log, logFailure } from '../../protocol/log';
import { type FileKind, kindOf } from './fileKind';
import type { FilePolicy } from './filePolicy';
import type { LocatedFile } from './locatedFile';
import { readTextFile } from './textFile';

const mostSiblings = 8;
const rememberedFolders = 20;

/** Files of the same kind in the folder of a document, read in the background when the document comes to the front. */
export class SiblingFiles implements vscode.Disposable {
  /** By the address of the folder and the kind of file. */
  private readonly known = new Map<string, readonly LocatedFile[]>();
  private readonly listening: vscode.Disposable;

  constructor(
    private readonly policy: Pick<FilePolicy, 'mayRead' | 'onDidChange'>,
    private readonly log: Log,
  ) {
    const forget = (uri: vscode.Uri): void => {
      const folder = `${folderOf(uri).toString()} `;
      for (const key of this.known.keys()) if (key.startsWith(folder)) this.known.delete(key);
    };
    this.listening = vscode.Disposable.from(
      policy.onDidChange(() => this.known.clear()),
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
    const kind = kindOf(document);
    if (!kind) return [];
    if (uri.scheme === 'untitled' || uri.scheme === 'vscode-notebook-cell') return [];
    const key = `${folderOf(uri).toString()} ${kind.glob}`;
    const known = this.known.get(key);
    if (known) return known.filter((sibling) => sibling.uri.path !== uri.path).slice(0, mostSiblings);
    this.known.set(key, []);
    while (this.known.size > rememberedFolders) this.known.delete(this.known.keys().next().value!);
    this.read(folderOf(uri), kind).then(
      (files) => this.known.set(key, files),
      (error: unknown) => logFailure(this.log, error),
    );
    return [];
  }

  dispose(): void {
    this.listening.dispose();
  }

  /** One more than are told: the document itself may be among them. */
  private async read(folder: vscode.Uri, kind: FileKind): Promise<readonly LocatedFile[]> {
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
      if (files.length > mostSiblings) break;
      if (type !== vscode.FileType.File || !kind.includes(name)) continue;
      if (!(await this.policy.mayRead(sibling))) continue;
      const text = await readTextFile(sibling);
      if (text === undefined) continue;
      files.push({ uri: sibling, file: { path: vscode.workspace.asRelativePath(sibling, false), text } });
    }
    return files;
  }
}

function folderOf(uri: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(uri, '..');
}
