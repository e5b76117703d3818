import * as vscode from 'vscode';
import { forgottenParts, rememberedParts } from '../../protocol/rememberedParts';
import { mayHoldSecrets } from '../../completion/snippets/secretFiles';
import { isCancelled } from '../../protocol/engineError';
import type { EngineSupervisor } from '../engine/engineSupervisor';
import type { Settings } from '../settings/settings';
import { type IgnoreRules, matchesAny } from './ignoreRules';
import { extensionOf, largestFile, readTextFile } from './textFile';

/** Together about what the engine's memory holds. */
const mostFiles = 200;
/** Never worth a look, whatever the project's own rules say. */
const generatedFolders =
  '**/{node_modules,bower_components,vendor,dist,build,out,target,.git,.venv,venv,__pycache__}/**';

export interface WorkspaceReaderServices {
  readonly engine: Pick<EngineSupervisor, 'isReady' | 'onDidChangeState' | 'rememberFiles'>;
  readonly ignoreRules: Pick<IgnoreRules, 'isIgnored'>;
  settings(): Settings;
  reportError(error: unknown): void;
}

/**
 * Puts the workspace's files of the kinds that are edited into the engine's memory: in the background, one file at a time,
 * once for every run of the engine, and again when they are saved. Secrets and ignored files are not read.
 */
export class WorkspaceReader implements vscode.Disposable {
  private readonly listening: vscode.Disposable;
  private run = new AbortController();
  /** File extensions that were looked for in this run of the engine. */
  private readonly kinds = new Set<string>();
  private work = Promise.resolve();

  constructor(private readonly services: WorkspaceReaderServices) {
    this.listening = vscode.Disposable.from(
      services.engine.onDidChangeState(() => this.begin()),
      vscode.window.onDidChangeActiveTextEditor((editor) => this.readLike(editor?.document)),
      vscode.workspace.onDidSaveTextDocument(({ uri }) => this.readAgain(uri)),
      vscode.workspace.onDidDeleteFiles(({ files }) => this.forget(files)),
      vscode.workspace.onDidRenameFiles(({ files }) => {
        this.forget(files.map(({ oldUri }) => oldUri));
        for (const { newUri } of files) this.readAgain(newUri);
      }),
    );
  }

  /** Begins anew: the engine remembers nothing, or the settings are others. */
  begin(): void {
    this.run.abort();
    this.run = new AbortController();
    this.kinds.clear();
    if (this.services.engine.isReady) this.readLike(vscode.window.activeTextEditor?.document);
  }

  /** Forgets everything, and reads again what the settings allow. */
  followSettings(): void {
    this.begin();
    if (this.isOn) return;
    this.enqueue((signal) => this.services.engine.rememberFiles({ replaceAll: true, files: [] }, { signal }));
  }

  dispose(): void {
    this.run.abort();
    this.listening.dispose();
  }

  private get isOn(): boolean {
    return this.services.settings().contextWorkspaceMemory;
  }

  private readLike(document: vscode.TextDocument | undefined): void {
    const kind = document && extensionOf(document.uri.path);
    if (!kind || !/^\.\w+$/.test(kind) || this.kinds.has(kind) || !this.services.engine.isReady || !this.isOn) return;
    this.kinds.add(kind);
    this.enqueue(async (signal) => {
      const uris = await vscode.workspace.findFiles(`**/*${kind}`, generatedFolders, mostFiles);
      // The memory prefers what it was told last: what is nearest to the document.
      const near = (uri: vscode.Uri): number => sharedFolders(uri.path, document.uri.path);
      for (const uri of uris.sort((one, other) => near(one) - near(other))) {
        if (signal.aborted) return;
        await this.read(uri);
      }
    });
  }

  private readAgain(uri: vscode.Uri): void {
    if (this.kinds.has(extensionOf(uri.path))) this.enqueue(() => this.read(uri));
  }

  private async read(uri: vscode.Uri): Promise<void> {
    const { engine, ignoreRules } = this.services;
    if (!this.isOn || matchesAny(uri, this.services.settings().contextExcludedFiles)) return;
    if (await ignoreRules.isIgnored(uri)) return;
    const path = vscode.workspace.asRelativePath(uri, false);
    const { text, caret } = textInEditor(uri) ?? { text: await readTextFile(uri) };
    if (text === undefined || mayHoldSecrets({ path, text })) return;
    const files = rememberedParts(uri.toString(), text, caret);
    await engine.rememberFiles({ replaceAll: false, files }, { signal: this.run.signal });
  }

  private forget(uris: readonly vscode.Uri[]): void {
    const files = uris.flatMap((uri) => forgottenParts(uri.toString()));
    this.enqueue((signal) => this.services.engine.rememberFiles({ replaceAll: false, files }, { signal }));
  }

  /** One thing after the other; what is waiting when a run of the engine ends is dropped. */
  private enqueue(work: (signal: AbortSignal) => Promise<void>): void {
    const { signal } = this.run;
    this.work = this.work.then(async () => {
      try {
        if (!signal.aborted) await work(signal);
      } catch (error) {
        if (!signal.aborted && !isCancelled(error)) this.services.reportError(error);
      }
    });
  }
}

/** The text of a file that is written in, and where. */
function textInEditor(uri: vscode.Uri): { text?: string; caret?: number } | undefined {
  const editor = vscode.window.activeTextEditor;
  if (editor?.document.uri.toString() !== uri.toString()) return undefined;
  const text = editor.document.getText();
  return text.length > largestFile ? {} : { text, caret: editor.document.offsetAt(editor.selection.active) };
}

/** How many folders two paths have in common, from the root on. */
function sharedFolders(one: string, other: string): number {
  const folders = one.split('/').slice(0, -1);
  const others = other.split('/').slice(0, -1);
  const differing = folders.findIndex((name, index) => name !== others[index]);
  return differing < 0 ? folders.length : differing;
}
