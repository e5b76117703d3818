import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { text as readAll } from 'node:stream/consumers';
import { type Breach, findBreaches, tracedCalls } from './systemCalls';

/** A machine on which nobody has worked yet: folders that are made for one observation. */
export interface FreshFolders {
  readonly home: string;
  readonly cache: string;
  readonly temporary: string;
  /** The current folder. */
  readonly work: string;
}

export interface Observed {
  readonly exitCode: number | null;
  readonly output: string;
  readonly messages: string;
  readonly breaches: readonly Breach[];
  /** Files that are there afterwards, outside the allowed folders. */
  readonly leftFiles: readonly string[];
  readonly seconds: number;
}

/**
 * Runs a program of Node to its end and watches it and all its children.
 * @param allowedFolders where it may write, in the fresh folders
 * @throws if nothing can be observed here, saying what to do
 */
export async function observe(
  scriptAndArguments: (folders: FreshFolders) => readonly string[],
  allowedFolders: (folders: FreshFolders) => readonly string[],
): Promise<Observed> {
  const top = await mkdtemp(path.join(os.tmpdir(), 'topk-network-'));
  const folders = {
    home: path.join(top, 'home'),
    cache: path.join(top, 'cache'),
    temporary: path.join(top, 'tmp'),
    work: path.join(top, 'work'),
  };
  const trace = path.join(top, 'trace.txt');
  try {
    await Promise.all(Object.values(folders).map((folder) => mkdir(folder)));
    const startedAt = performance.now();
    const strace = [
      '-f',
      '-qq',
      '-y',
      '-s',
      '300',
      '--seccomp-bpf',
      '-e',
      `trace=${tracedCalls.join(',')}`,
      '-o',
      trace,
    ];
    const child = spawn('strace', [...strace, process.execPath, ...scriptAndArguments(folders)], {
      cwd: folders.work,
      env: environment(folders),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const [output, messages, [exitCode]] = await Promise.all([
      readAll(child.stdout),
      readAll(child.stderr),
      once(child, 'close') as Promise<[number | null]>,
    ]);
    const lines = await readFile(trace, 'utf8').catch(() => '');
    if (lines === '') throw new Error(`strace could watch nothing. ${adviceForTracing}\n${messages}`);
    const allowed = allowedFolders(folders);
    const everything = await readdir(top, { recursive: true, withFileTypes: true });
    const leftFiles = everything
      .filter((entry) => !entry.isDirectory())
      .map((entry) => path.join(entry.parentPath, entry.name))
      .filter((file) => file !== trace && !allowed.some((folder) => file.startsWith(`${folder}/`)));
    const seconds = (performance.now() - startedAt) / 1_000;
    return { exitCode, output, messages, breaches: findBreaches(lines, allowed), leftFiles, seconds };
  } finally {
    await rm(top, { recursive: true });
  }
}

const adviceForTracing =
  'A container needs the right to trace its own processes: run it with --cap-add=SYS_PTRACE (and a seccomp profile that ' +
  'allows ptrace), or run `npm run test:network` outside of it. /proc/sys/kernel/yama/ptrace_scope may be at most 1.';

/**
 * An environment from nothing: no CI variable, which silences telemetry, and no switch that the developer has set.
 * Graphics drivers keep caches of compiled shaders, which are not ours to test.
 */
function environment({ home, cache, temporary }: FreshFolders): NodeJS.ProcessEnv {
  return {
    PATH: process.env['PATH'],
    LANG: 'C.UTF-8',
    HOME: home,
    XDG_CACHE_HOME: cache,
    TMPDIR: temporary,
    MESA_SHADER_CACHE_DISABLE: 'true',
    __GL_SHADER_DISK_CACHE: '0',
    CUDA_CACHE_DISABLE: '1',
    // Node would write files by a way that strace does not see.
    UV_USE_IO_URING: '0',
  };
}
