import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = path.join(import.meta.dirname, '..', '..');

/** Places where even a small model knows what follows, and one where nobody can. */
const cases = [
  {
    id: 'counting',
    path: 'numbers.txt',
    language: 'plaintext',
    suffix: '\n',
    expected: ' nine, ten',
    prefix: 'one, two, three, four, five, six, seven, eight,',
  },
  {
    id: 'repeating',
    path: 'area.py',
    language: 'python',
    suffix: '\n',
    expected: 'eight',
    prefix:
      'def area(width, height):\n    return width * height\n\n\ndef volume(width, height, depth):\n    return area(width, h',
  },
  { id: 'noise', path: 'key.txt', language: 'plaintext', prefix: 'key: ', suffix: '\n', expected: 'q7#Zr!w0' },
];

let folder: string;
let suite: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'topk-eval-'));
  suite = path.join(folder, 'suite.jsonl');
  await writeFile(suite, cases.map((one) => `${JSON.stringify(one)}\n`).join(''));
});
afterAll(() => rm(folder, { recursive: true }));

async function json(commandLine: readonly string[]) {
  const args = [path.join(root, 'dist', 'cli.js'), ...commandLine, '--json'];
  const { stdout } = await promisify(execFile)(process.execPath, args, {
    env: { ...process.env, XDG_CACHE_HOME: folder, LOCALAPPDATA: folder },
  });
  return JSON.parse(stdout) as Record<string, never>;
}

describe('topk eval on the bundled model', () => {
  it('judges real answers, writes each case, and gives the same figures again', async () => {
    const list = path.join(folder, 'cases.jsonl');
    const summary = await json(['eval', suite, '--typing-cases', '1', '--cases', list]);
    expect(summary).toMatchObject({
      n: 3,
      byLanguage: { plaintext: { n: 2 }, python: { n: 1 } },
      latencyWhileTypingMs: { p50: expect.any(Number) as number },
    });
    const lines = (await readFile(list, 'utf8')).trim().split('\n');
    const [counting, repeating, noise] = lines.map((line) => JSON.parse(line) as { bits: number; expected: string });
    // Bits per character tell what follows from the text from what does not.
    for (const known of [counting, repeating]) expect(known!.bits / known!.expected.length).toBeLessThan(1.5);
    expect(noise!.bits / noise!.expected.length).toBeGreaterThan(3);
    expect(counting).toMatchObject({ completed: true });
    const again = await json(['eval', suite, '--typing-cases', '0']);
    for (const key of ['exactMatch', 'prefixShare', 'topKHit', 'bitsPerCharacter', 'ece']) {
      expect(again[key]).toEqual(summary[key]);
    }
  });

  it('chooses k: more candidates never hit less', async () => {
    const figures = await json(['choose-k', suite, '--max-k', '20', '--latency-cases', '1']);
    const { curve, cost } = figures as unknown as { curve: { hitRate: number }[]; cost: { k: number }[] };
    const rates = curve.map(({ hitRate }) => hitRate);
    expect(rates).toHaveLength(20);
    expect(rates).toEqual([...rates].sort((one, other) => one - other));
    expect(cost.map(({ k }) => k)).toEqual([1, 2, 3, 5, 10, 20]);
  });
});
