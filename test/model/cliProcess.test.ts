import { spawn, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, open, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { text as readAll } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BuiltCommandLine, resultOf } from '../support/builtCommandLine';

const sample = path.join(import.meta.dirname, '..', 'fixtures', 'texts', 'listStatistics.py');

let commandLine: BuiltCommandLine;
beforeAll(async () => {
  commandLine = await BuiltCommandLine.create();
});
afterAll(() => commandLine.dispose());

describe('the process', () => {
  it('says in one sentence that the model folder is damaged, and ends', async () => {
    const damaged = await mkdtemp(path.join(commandLine.folder, 'damaged-'));
    await writeFile(path.join(damaged, 'manifest.json'), '{"format": 1');
    const { exitCode, output, messages } = await commandLine.run(['complete', '-', '--model', damaged], 'text');
    expect({ exitCode, output }).toEqual({ exitCode: 1, output: '' });
    expect(messages).toMatch(/^topk: .*manifest\.json is not JSON[^\n]+\n$/);
  });

  it.skipIf(process.platform === 'win32')('leaves with 130 on Ctrl-C, and its engine with it', async () => {
    const long = path.join(commandLine.folder, 'long.txt');
    await writeFile(long, 'The quick brown fox jumps over the lazy dog. '.repeat(4000));
    const child = commandLine.start(['score', long]);
    child.stdin!.end();
    const messages = readAll(child.stderr!);
    const engine = await childOf(child.pid!);
    child.kill('SIGINT');
    const [exitCode] = (await once(child, 'close')) as [number | null];
    expect({ exitCode, messages: await messages }).toEqual({ exitCode: 130, messages: '' });
    await expect.poll(() => isRunning(engine), { timeout: 60_000 }).toBe(false);
  });

  it.skipIf(process.platform === 'win32')('is silent when the reader of its output leaves', async () => {
    const child = commandLine.start(['complete', `${sample}:25:11`, '--json']);
    child.stdin!.end();
    child.stdout!.destroy();
    const messages = readAll(child.stderr!);
    const [exitCode] = (await once(child, 'close')) as [number | null];
    expect({ exitCode, messages: await messages }).toEqual({ exitCode: 0, messages: '' });
  });

  it.skipIf(process.platform !== 'linux')('fails in one sentence on a full disk', async () => {
    const full = await open('/dev/full', 'w');
    try {
      const child = commandLine.start(['complete', `${sample}:25:11`, '--json'], {
        stdio: ['ignore', full.fd, 'pipe'],
      });
      expect(await resultOf(child)).toEqual({
        exitCode: 1,
        output: '',
        messages:
          'topk: Standard output cannot be written (no space is left on the device); what it holds is not complete.\n',
      });
    } finally {
      await full.close();
    }
  });

  it.skipIf(process.platform === 'win32')('fails where a file takes the first part of its output only', async () => {
    const file = path.join(commandLine.folder, 'short.txt');
    // A limit of one block stands for the disk that becomes full; a write over it is cut, and the next one fails.
    const { exitCode, messages } = await commandLine.runInShell(`trap '' XFSZ; ulimit -f 1; exec > '${file}'`, [
      'complete',
      '--help',
    ]);
    expect(exitCode).toBe(1);
    expect(messages).toBe('topk: Standard output cannot be written (EFBIG); what it holds is not complete.\n');
  });

  it.skipIf(process.platform === 'win32')('works where its working directory was deleted', async () => {
    const gone = path.join(commandLine.folder, 'gone');
    await mkdir(gone);
    const preparation = `cd '${gone}' && rmdir '${gone}'`;
    const { exitCode, output, messages } = await commandLine.runInShell(preparation, [
      'complete',
      `${sample}:25:11`,
      '--json',
    ]);
    expect({ exitCode, messages }).toEqual({ exitCode: 0, messages: '' });
    expect(JSON.parse(output)).toHaveProperty('text');
    await mkdir(gone);
    expect(await commandLine.runInShell(preparation, ['score', 'a.ts'])).toEqual({
      exitCode: 1,
      output: '',
      messages: 'topk: a.ts starts from the working directory, which was deleted; give an absolute path.\n',
    });
  });

  it.each(['', undefined, 'relative'])('writes nothing into the current folder with HOME=%s', async (home) => {
    const cwd = await mkdtemp(path.join(commandLine.folder, 'homeless-'));
    const { HOME: _, XDG_CACHE_HOME: __, ...env } = commandLine.environment;
    const options: SpawnOptions = { cwd, env: { ...env, ...(home !== undefined && { HOME: home }) } };
    const child = commandLine.start(['complete', `${sample}:25:11`, '--json'], {
      ...options,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const { exitCode, messages } = await resultOf(child);
    expect({ exitCode, messages }).toEqual({ exitCode: 0, messages: '' });
    expect(await readdir(cwd)).toEqual([]);
  });

  it.skipIf(process.platform === 'win32')('says that standard input is a directory', async () => {
    const directory = await open(commandLine.folder, 'r');
    try {
      const child = commandLine.start(['complete', '-'], { stdio: [directory.fd, 'pipe', 'pipe'] });
      expect(await resultOf(child)).toEqual({
        exitCode: 1,
        output: '',
        messages: 'topk: Standard input is a directory; pipe a text in, or name a file.\n',
      });
    } finally {
      await directory.close();
    }
  });
});

/** The engine of a running command line; it is there as soon as the arguments have been read. */
async function childOf(parent: number): Promise<number> {
  let child: number | undefined;
  await expect
    .poll(
      async () => {
        const listing = spawn('ps', ['-A', '-o', 'pid=,ppid=']);
        const rows = (await readAll(listing.stdout)).trim().split('\n');
        child = rows.map((row) => row.trim().split(/\s+/).map(Number)).find(([, ppid]) => ppid === parent)?.[0];
        return child;
      },
      { timeout: 60_000 },
    )
    .toBeDefined();
  return child!;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
}
