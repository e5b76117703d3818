import { type ChildProcess, spawn, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { text as readAll } from 'node:stream/consumers';

const root = path.join(import.meta.dirname, '..', '..');
const cli = path.join(root, 'dist', 'cli.js');

/** What a shell sees of a command line. */
export interface CommandLineResult {
  readonly exitCode: number | null;
  readonly output: string;
  readonly messages: string;
}

/** The command line as it is built, in processes of its own, with a folder and a cache of its own. */
export class BuiltCommandLine {
  private constructor(readonly folder: string) {}

  static async create(): Promise<BuiltCommandLine> {
    return new BuiltCommandLine(await mkdtemp(path.join(os.tmpdir(), 'topk-cli-')));
  }

  get environment(): NodeJS.ProcessEnv {
    const { folder } = this;
    return { ...process.env, XDG_CACHE_HOME: folder, LOCALAPPDATA: folder, NO_COLOR: '', FORCE_COLOR: '', CI: '1' };
  }

  /** Starts it as a shell would. */
  start(commandLine: readonly string[], options: SpawnOptions = {}): ChildProcess {
    return spawn(process.execPath, [cli, ...commandLine], { cwd: root, env: this.environment, ...options });
  }

  async run(commandLine: readonly string[], input: string | Uint8Array = ''): Promise<CommandLineResult> {
    const child = this.start(commandLine);
    child.stdin!.end(input);
    return resultOf(child);
  }

  /** Lets a POSIX shell prepare its own process, and runs the command line in its place. */
  async runInShell(preparation: string, commandLine: readonly string[]): Promise<CommandLineResult> {
    const shell = spawn('sh', ['-c', `${preparation}; exec "$@"`, 'sh', process.execPath, cli, ...commandLine], {
      cwd: root,
      env: this.environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return resultOf(shell);
  }

  async dispose(): Promise<void> {
    await rm(this.folder, { recursive: true });
  }
}

/** What came of a process, when it has ended. */
export async function resultOf(child: ChildProcess): Promise<CommandLineResult> {
  const [output, messages, [exitCode]] = await Promise.all([
    child.stdout ? readAll(child.stdout) : '',
    child.stderr ? readAll(child.stderr) : '',
    once(child, 'close') as Promise<[number | null]>,
  ]);
  return { exitCode, output, messages };
}
