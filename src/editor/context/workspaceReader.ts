import * as vscode from 'vscode';
import { forgottenParts, rememberedParts } from '../../protocol/rememberedParts';
import { type Log, logFailure } from '../../protocol/log';
import { isCancelled } from '../../protocol/engineError';
import type { EngineSupervisor } from '../engine/engineSupervisor';
import type { Settings } from '../settings/settings';
import { type FileKind, kindOf } from './fileKind';
import type { FilePolicy } from './filePolicy';
import { largestFile, readTextFile } from './textFile';

/** Together about what the engine's memory holds. */
const mostFiles = 200;
/** Never worth a look, whatever the project's own rules say. */
const generatedFolders = [
  'node_modules',
  'bower_components',
  'vendor',
  'dist',
  'build',
  'out',
  'target',
  '.git',
  '.venv',
  'venv',
  '__pycache__',
];

export interface WorkspaceReaderServices {
  readonly engine: Pick<EngineSupervisor, 'isReady' | 'onDidChangeState' | 'rememberFiles'>;
  readonly policy: Pick<FilePolicy, 'mayRead' | 'mayUse' | 'onDidChange'>;
  readonly log: Log;
  settings(): Settings;
}

interface RememberedFile {
  readonly uri: vscode.Uri;
  /** Undefined while the file is on its way to the engine, and where that was broken off. */
  readonly tokens?: number;
}

/** What the engine's workspace memory was told in this run. */
export interface MemoryStatus {
  readonly files: number;
  readonly tokens: number;
  /** Milliseconds since the epoch of the last change; undefined where nothing was told. */
  readonly changedAt: number | undefined;
}

/**
 * Puts the workspace's files of the kinds that are edited into the engine's memory: in the background, one file at a time,
 * once for every run of the engine, and again when they are saved. What the file policy does not allow is not read, and
 * forgotten as soon as it is no longer allowed.
 */
export class WorkspaceReader implements vscode.Disposable {
  private readonly listening: vscode.Disposable;
  private run = new AbortController();
  /** Looked for in this run of the engine, by glob pattern, each with the document that it was met in. */
  private readonly kinds = new Map<string, { readonly kind: FileKind; readonly nearTo: vscode.Uri }>();
  /** By address. */
  private readonly remembered = new Map<string, RememberedFile>();
  private changedAt: number | undefined;
  private wasOn: boolean;
  private work = Promise.resolve();

  constructor(private readonly services: WorkspaceReaderServices) {
    this.wasOn = this.isOn;
    this.listening = vscode.Disposable.from(
      services.engine.onDidChangeState(() => this.begin()),
      services.policy.onDidChange(() => this.followPolicy()),
      vscode.window.onDidChangeActiveTextEditor((editor) => this.readLike(editor?.document)),
      vscode.workspace.onDidSaveTextDocument(({ uri }) => this.readAgain(uri)),
      vscode.workspace.onDidDeleteFiles(({ files }) => this.enqueue(() => this.forget(files))),
      vscode.workspace.onDidRenameFiles(({ files }) => {
        this.enqueue(() => this.forget(files.map(({ oldUri }) => oldUri)));
        this.readAllKinds();
      }),
    );
  }

  get memoryStatus(): MemoryStatus {
    const tokens = [...this.remembered.values()].map((file) => file.tokens ?? 0);
    return { files: tokens.length, tokens: tokens.reduce((sum, count) => sum + count, 0), changedAt: this.changedAt };
  }

  /** Whether the memory is wanted may have changed; does nothing where it has not. */
  followSettings(): void {
    if (this.isOn === this.wasOn) return;
    this.wasOn = this.isOn;
    if (this.isOn) return this.begin();
    this.interrupt();
    this.kinds.clear();
    this.enqueue(async (signal) => {
      await this.services.engine.rememberFiles({ replaceAll: true, files: [] }, { signal });
      this.remembered.clear();
      this.changedAt = Date.now();
    });
  }

  dispose(): void {
    this.run.abort();
    this.listening.dispose();
  }

  private get isOn(): boolean {
    return this.services.settings().contextWorkspaceMemory;
  }

  /** Begins anew: an engine that has just started remembers nothing. */
  private begin(): void {
    this.interrupt();
    this.kinds.clear();
    this.remembered.clear();
    this.changedAt = undefined;
    if (this.services.engine.isReady) this.readLike(vscode.window.activeTextEditor?.document);
  }

  /** What is going on stops, and what waits is dropped. */
  private interrupt(): void {
    this.run.abort();
    this.run = new AbortController();
  }

  /** Has the engine forget what is no longer allowed before anything else, and then reads what is allowed now. */
  private followPolicy(): void {
    this.interrupt();
    this.enqueue(async () => {
      const forbidden: vscode.Uri[] = [];
      for (const { uri } of this.remembered.values())
        if (!(await this.services.policy.mayRead(uri))) forbidden.push(uri);
      await this.forget(forbidden);
    });
    this.readAllKinds();
  }

  private readAllKinds(): void {
    for (const { kind, nearTo } of this.kinds.values()) this.readAll(kind, nearTo);
  }

  private readLike(document: vscode.TextDocument | undefined): void {
    const kind = document && kindOf(document);
    if (!kind || this.kinds.has(kind.glob) || !this.services.engine.isReady || !this.isOn) return;
    this.kinds.set(kind.glob, { kind, nearTo: document.uri });
    this.readAll(kind, document.uri);
  }

  /** Reads the files of a kind that the engine does not remember yet. */
  private readAll({ glob }: FileKind, nearTo: vscode.Uri): void {
    this.enqueue(async (signal) => {
      const generated = `**/{${generatedFolders.join(',')}}/**`;
      const uris = await vscode.workspace.findFiles(glob, generated, mostFiles);
      // The memory prefers what it was told last: what is nearest to the document.
      const near = (uri: vscode.Uri): number => sharedFolders(uri.path, nearTo.path);
      for (const uri of uris.sort((one, other) => near(one) - near(other))) {
        if (signal.aborted) return;
        if (this.remembered.get(uri.toString())?.tokens === undefined) await this.read(uri, signal);
      }
    });
  }

  private readAgain(uri: vscode.Uri): void {
    const path = vscode.workspace.asRelativePath(uri, false);
    if (path.split('/').some((name) => generatedFolders.includes(name))) return;
    const isOfSuchKind = [...this.kinds.values()].some(({ kind }) => kind.includes(uri.path));
    if (isOfSuchKind) this.enqueue((signal) => this.read(uri, signal));
  }

  private async read(uri: vscode.Uri, signal: AbortSignal): Promise<void> {
    const { engine, policy } = this.services;
    if (!this.isOn) return;
    const file = (await policy.mayRead(uri)) ? await textOf(uri) : undefined;
    // It may have been remembered before it got so large, or a secret into it.
    if (!file || !policy.mayUse({ path: uri.path, text: file.text })) return this.forget([uri]);
    if (signal.aborted) return;
    const key = uri.toString();
    this.remembered.set(key, { uri });
    const files = rememberedParts(key, file.text, file.caret);
    const tokens = await engine.rememberFiles({ replaceAll: false, files }, { signal });
    // Of another run of the engine otherwise: this one does not know the file.
    if (signal.aborted) return;
    this.remembered.set(key, { uri, tokens });
    this.changedAt = Date.now();
  }

  /** Files, and all that is below folders. What the engine was never told is not worth a message. */
  private async forget(uris: readonly vscode.Uri[]): Promise<void> {
    const { signal } = this.run;
    const gone = uris.map((uri) => uri.toString());
    const known = [...this.remembered.keys()].filter((key) =>
      gone.some((address) => key === address || key.startsWith(`${address}/`)),
    );
    if (known.length === 0) return;
    await this.services.engine.rememberFiles({ replaceAll: false, files: known.flatMap(forgottenParts) }, { signal });
    for (const key of known) this.remembered.delete(key);
    this.changedAt = Date.now();
  }

  /** One thing after the other; what is waiting when a run of the engine ends is dropped. */
  private enqueue(work: (signal: AbortSignal) => Promise<void>): void {
    const { signal } = this.run;
    this.work = this.work.then(async () => {
      try {
        if (!signal.aborted) await work(signal);
      } catch (error) {
        if (!signal.aborted && !isCancelled(error)) logFailure(this.services.log, error);
      }
    });
  }
}

/** The text of a file, as it is in the editor where it is written in, and then where; undefined where it is too large. */
async function textOf(uri: vscode.Uri): Promise<{ readonly text: string; readonly caret?: number } | undefined> {
  const editor = vscode.window.activeTextEditor;
  if (editor?.document.uri.toString() === uri.toString()) {
    const text = editor.document.getText();
    return text.length > largestFile ? undefined : { text, caret: editor.document.offsetAt(editor.selection.active) };
  }
  const text = await readTextFile(uri);
  return text === undefined ? undefined : { text };
}

/** How many folders two paths have in common, from the root on. */
function sharedFolders(one: string, other: string): number {
  const folders = one.split('/').slice(0, -1);
  const others = other.split('/').slice(0, -1);
  const differing = folders.findIndex((name, index) => name !== others[index]);
  return differing < 0 ? folders.length : differing;
}
