import { type ChildProcess, spawn, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, open, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { text as readAll } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectCertain } from '../support/nearTies';

const root = path.join(import.meta.dirname, '..', '..');
const sample = path.join(root, 'test', 'fixtures', 'texts', 'listStatistics.py');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'topk-cli-'));
});
afterAll(() => rm(folder, { recursive: true }));

const cli = path.join(root, 'dist', 'cli.js');

function environment(): NodeJS.ProcessEnv {
  return { ...process.env, XDG_CACHE_HOME: folder, LOCALAPPDATA: folder, NO_COLOR: '', FORCE_COLOR: '', CI: '1' };
}

/** Starts the built command line as a shell would, with a cache of its own. */
function start(commandLine: readonly string[], options: SpawnOptions = {}): ChildProcess {
  return spawn(process.execPath, [cli, ...commandLine], { cwd: root, env: environment(), ...options });
}

/** Lets a shell prepare its own process and run the command line (its arguments) in its place. */
async function runInShell(preparation: string, commandLine: readonly string[]) {
  const shell = spawn('sh', ['-c', `${preparation}; exec "$@"`, 'sh', process.execPath, cli, ...commandLine], {
    cwd: root,
    env: environment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return resultOf(shell);
}

async function resultOf(child: ChildProcess) {
  const [output, messages, [exitCode]] = await Promise.all([
    child.stdout ? readAll(child.stdout) : '',
    child.stderr ? readAll(child.stderr) : '',
    once(child, 'close') as Promise<[number | null]>,
  ]);
  return { exitCode, output, messages };
}

async function run(commandLine: readonly string[], input: string | Uint8Array = '') {
  const child = start(commandLine);
  child.stdin!.end(input);
  return resultOf(child);
}

interface Token {
  readonly text: string;
  readonly id: number;
  readonly logit: number;
  readonly probability: number;
  readonly rank: number;
  readonly entropyBits: number;
  readonly margin: number;
  readonly remainingMass: number;
  readonly drafted: boolean;
  readonly candidates: readonly { readonly id: number; readonly logit: number; readonly probability: number }[];
}

function expectConsistent(token: Token, topK: number): void {
  expect(token.candidates).toHaveLength(topK);
  const probabilities = token.candidates.map(({ probability }) => probability);
  expect(probabilities).toEqual([...probabilities].sort((a, b) => b - a));
  expect(probabilities.reduce((sum, p) => sum + p, token.remainingMass)).toBeCloseTo(1, 4);
  expect(token.margin).toBeCloseTo(probabilities[0]! - probabilities[1]!, 6);
  expect(token.entropyBits).toBeGreaterThanOrEqual(0);
  if (token.rank <= topK) expect(token.candidates[token.rank - 1]).toMatchObject({ id: token.id, logit: token.logit });
}

describe('topk complete', () => {
  it('completes the sample as a person would, and shows every token', async () => {
    const { exitCode, output, messages } = await run(['complete', `${sample}:25:11`]);
    expect({ exitCode, messages }).toEqual({ exitCode: 0, messages: '' });
    expect(output).toContain('25 │     return« math.sqrt(variance(values))»');
    expect(output).toMatch(/→ +1 +·math +\d/);
    expect(output).not.toContain('\u001b');
  });

  it('--json: the joined token texts are the completion, and the scores of each token agree with each other', async () => {
    const { exitCode, output } = await run([
      'complete',
      `${sample}:25:11`,
      '--json',
      '--top-k',
      '7',
      '--alternatives',
      '2',
    ]);
    expect(exitCode).toBe(0);
    const { text, tokens, alternatives, timings, model, stopReason } = JSON.parse(output) as {
      text: string;
      tokens: Token[];
      alternatives: { text: string; tokens: Token[] }[];
      timings: Record<string, number>;
      model: string;
      stopReason: string;
    };
    expect(tokens.map((token) => token.text).join('')).toBe(text);
    for (const token of tokens) expectConsistent(token, 7);
    expect(alternatives).toHaveLength(2);
    expect(new Set([text, ...alternatives.map((alternative) => alternative.text)]).size).toBe(3);
    expect(timings['prefillTokens']).toBeGreaterThan(50);
    expect(timings['decodedTokens']).toBeGreaterThanOrEqual(tokens.length);
    expect({ model, stopReason }).toEqual({ model: 'smollm2-135m', stopReason: 'line end' });
  });

  it('gives the same completion without drafts', async () => {
    const commandLine = ['complete', `${sample}:25:11`, '--json', '--alternatives', '0'];
    const [drafted, plain] = await Promise.all([run(commandLine), run([...commandLine, '--no-prompt-lookup'])]);
    const read = ({ output }: { output: string }) => JSON.parse(output) as { text: string; tokens: Token[] };
    expectCertain(read(plain).tokens);
    expect(read(drafted).text).toBe(read(plain).text);
    expect(JSON.parse(plain.output)).toMatchObject({ timings: { acceptedDraftTokens: 0 } });
  });

  it.each([
    ['a prefix', 'def add(a, b):\n    return a + b\n\n\ndef sub(a, b):\n    return', ' a - b'],
    ['nothing', '', undefined],
    ['a NUL, a lone continuation byte and CRLF', Buffer.from([0x61, 0, 0x80, 0x0d, 0x0a]), undefined],
  ])('completes %s on standard input', async (_, input, expected) => {
    const { exitCode, output, messages } = await run(['complete', '-', '--json', '--max-tokens', '8'], input);
    expect({ exitCode, messages }).toEqual({ exitCode: 0, messages: '' });
    const { text, tokens } = JSON.parse(output) as { text: string; tokens: Token[] };
    if (expected === undefined) return;
    expectCertain(tokens);
    expect(text).toBe(expected);
  });

  it('reads a file of 5 MB to its end', async () => {
    const large = path.join(folder, 'large.py');
    await writeFile(large, `${'x = 1\n'.repeat(850_000)}def add(a, b):\n    return`);
    const { exitCode, output } = await run(['complete', `${large}:850002:11`, '--json', '--alternatives', '0']);
    expect(exitCode).toBe(0);
    const { text, tokens } = JSON.parse(output) as { text: string; tokens: Token[] };
    expectCertain(tokens);
    expect(text).toBe(' a + b');
  });
});

describe('topk score', () => {
  it('--json: the tokens cover the text, and the totals follow from them', async () => {
    const source = await readFile(sample, 'utf8');
    const { exitCode, output } = await run(['score', sample, '--json']);
    expect(exitCode).toBe(0);
    const { tokens, bitsPerCharacter, perplexity } = JSON.parse(output) as {
      tokens: (Token & { bits: number; start: number; end: number })[];
      bitsPerCharacter: number;
      perplexity: number;
    };
    expect(tokens.map(({ start, end }) => source.slice(start, end)).join('')).toBe(source);
    for (const token of tokens) {
      expectConsistent(token, 5);
      expect(token.bits).toBeCloseTo(-Math.log2(token.probability), 6);
    }
    const bits = tokens.reduce((sum, token) => sum + token.bits, 0);
    expect(bitsPerCharacter).toBeCloseTo(bits / source.length, 9);
    expect(perplexity).toBeCloseTo(2 ** (bits / tokens.length), 6);
  });
});

describe('topk doctor', () => {
  it('finds this machine well', async () => {
    const { exitCode, output } = await run(['doctor']);
    expect(output).toMatch(/✓ model .* verified/);
    expect(output).toMatch(/cpu +yes +yes +\d/);
    expect(output).toMatch(/✓ timed run {2}prefill of 1\d\d tokens .* decode of 16 tokens/);
    expect(exitCode).toBe(0);
  });
});

describe('the process', () => {
  it('says in one sentence that the model folder is damaged, and ends', async () => {
    const damaged = await mkdtemp(path.join(folder, 'damaged-'));
    await writeFile(path.join(damaged, 'manifest.json'), '{"format": 1');
    const { exitCode, output, messages } = await run(['complete', '-', '--model', damaged], 'text');
    expect({ exitCode, output }).toEqual({ exitCode: 1, output: '' });
    expect(messages).toMatch(/^topk: .*manifest\.json is not JSON[^\n]+\n$/);
  });

  it.skipIf(process.platform === 'win32')('leaves with 130 on Ctrl-C, and its engine with it', async () => {
    const long = path.join(folder, 'long.txt');
    await writeFile(long, 'The quick brown fox jumps over the lazy dog. '.repeat(4000));
    const child = start(['score', long]);
    child.stdin!.end();
    const messages = readAll(child.stderr!);
    const engine = await childOf(child.pid!);
    child.kill('SIGINT');
    const [exitCode] = (await once(child, 'close')) as [number | null];
    expect({ exitCode, messages: await messages }).toEqual({ exitCode: 130, messages: '' });
    await expect.poll(() => isRunning(engine), { timeout: 60_000 }).toBe(false);
  });

  it.skipIf(process.platform === 'win32')('is silent when the reader of its output leaves', async () => {
    const child = start(['complete', `${sample}:25:11`, '--json']);
    child.stdin!.end();
    child.stdout!.destroy();
    const messages = readAll(child.stderr!);
    const [exitCode] = (await once(child, 'close')) as [number | null];
    expect({ exitCode, messages: await messages }).toEqual({ exitCode: 0, messages: '' });
  });

  it.skipIf(process.platform !== 'linux')('fails in one sentence on a full disk', async () => {
    const full = await open('/dev/full', 'w');
    try {
      const child = start(['complete', `${sample}:25:11`, '--json'], { stdio: ['ignore', full.fd, 'pipe'] });
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
    const file = path.join(folder, 'short.txt');
    // A limit of one block stands for the disk that becomes full; a write over it is cut, and the next one fails.
    const { exitCode, messages } = await runInShell(`trap '' XFSZ; ulimit -f 1; exec > '${file}'`, [
      'complete',
      '--help',
    ]);
    expect(exitCode).toBe(1);
    expect(messages).toBe('topk: Standard output cannot be written (EFBIG); what it holds is not complete.\n');
  });

  it.skipIf(process.platform === 'win32')('works where its working directory was deleted', async () => {
    const gone = path.join(folder, 'gone');
    await mkdir(gone);
    const preparation = `cd '${gone}' && rmdir '${gone}'`;
    const { exitCode, output, messages } = await runInShell(preparation, ['complete', `${sample}:25:11`, '--json']);
    expect({ exitCode, messages }).toEqual({ exitCode: 0, messages: '' });
    expect(JSON.parse(output)).toHaveProperty('text');
    await mkdir(gone);
    expect(await runInShell(preparation, ['score', 'a.ts'])).toEqual({
      exitCode: 1,
      output: '',
      messages: 'topk: a.ts starts from the working directory, which was deleted; give an absolute path.\n',
    });
  });

  it.each(['', undefined, 'relative'])('writes nothing into the current folder with HOME=%s', async (home) => {
    const cwd = await mkdtemp(path.join(folder, 'homeless-'));
    const { HOME: _, XDG_CACHE_HOME: __, ...env } = environment();
    const options: SpawnOptions = { cwd, env: { ...env, ...(home !== undefined && { HOME: home }) } };
    const child = start(['complete', `${sample}:25:11`, '--json'], { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    const { exitCode, messages } = await resultOf(child);
    expect({ exitCode, messages }).toEqual({ exitCode: 0, messages: '' });
    expect(await readdir(cwd)).toEqual([]);
  });

  it.skipIf(process.platform === 'win32')('says that standard input is a directory', async () => {
    const directory = await open(folder, 'r');
    try {
      const child = start(['complete', '-'], { stdio: [directory.fd, 'pipe', 'pipe'] });
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
