import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contributes } from '../../../../package.json';
import { defaultMinimumConfidence } from '../../../../src/completion/judge/showDecision';
import { ablationNames } from '../../../../src/evaluation/run/ablation';
import type {
  CompleteParams,
  CompleteResult,
  PromptPart,
  ScoreContinuationParams,
  ScoreContinuationResult,
} from '../../../../src/protocol/messages';
import { FakeEngine, run, scoredToken } from '../cliHarness';

/** Knows what follows in the one case, and answers the same everywhere. */
class EvaluatedEngine extends FakeEngine {
  readonly expectations: ScoreContinuationParams[] = [];
  readonly warmed: unknown[] = [];
  override tokens = [scoredToken('len', { probability: 0.9 }), scoredToken('(x)', { probability: 0.9 })];

  override async complete(params: CompleteParams): Promise<CompleteResult> {
    return { ...(await super.complete(params)), alternatives: [] };
  }

  override async scoreContinuation(params: ScoreContinuationParams): Promise<ScoreContinuationResult> {
    this.expectations.push(params);
    return { ranks: [1, 4], bits: 3 };
  }

  override async warmPrompt(prompt: readonly PromptPart[]): Promise<{ prefillTokens: number }> {
    this.warmed.push(prompt);
    return { prefillTokens: 10 };
  }
}

const cases = [
  {
    id: 'right',
    path: 'src/a.py',
    language: 'python',
    prefix: 'n = ',
    suffix: '\ntotal = count(n)\n',
    expected: 'len(x)',
    openFiles: [{ path: 'src/b.py', text: 'def count(n):\n    n = len(n)\n    return n\n'.repeat(8) }],
  },
  { id: 'wrong', path: 'src/a.go', language: 'go', prefix: 'n := ', suffix: '\n', expected: '<b>&"' },
  { id: 'more', path: 'src/c.go', language: 'go', prefix: 'm := ', suffix: '\n', expected: 'm' },
];

let folder: string;
let suite: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'topk-eval-'));
  suite = path.join(folder, 'suite.jsonl');
  await writeFile(suite, cases.map((one) => `${JSON.stringify(one)}\n`).join(''));
});
afterAll(() => rm(folder, { recursive: true }));

const at = (name: string) => path.join(folder, name);

describe('topk eval', () => {
  it('--json prints one object with the documented fields', async () => {
    const engine = new EvaluatedEngine();
    const { output, exitCode } = await run(['eval', suite, '--json', '--typing-cases', '0'], { engine });
    expect(exitCode).toBe(0);
    expect(JSON.parse(output)).toMatchObject({
      n: 3,
      exactMatch: 1 / 3,
      topKHit: { '1': 0.5, '2': 0.5, '3': 0.5, '5': 1, '10': 1 },
      bitsPerCharacter: 9 / 12,
      duplicateRate: 0,
      latencyWhileTypingMs: null,
      byLanguage: { python: { n: 1, exactMatch: 1 }, go: { n: 2, exactMatch: 0 } },
      baseline: false,
      ablated: [],
      minimumConfidence: defaultMinimumConfidence,
      maxTokens: 32,
    });
    for (const key of ['prefixShare', 'editSimilarity', 'shownShare', 'shownPrecision', 'ece', 'latencyMs']) {
      expect(JSON.parse(output)).toHaveProperty(key);
    }
    expect(engine.disposed).toBe(1);
  });

  it('asks as the editor does, and scores the expected text behind the same prompt', async () => {
    const engine = new EvaluatedEngine();
    await run(['eval', suite, '--json', '--typing-cases', '0', '--max-tokens', '7'], { engine });
    expect(engine.completions).toHaveLength(3);
    expect(engine.completions[0]).toMatchObject({
      topK: 10,
      alternatives: 0,
      maxTokens: 7,
      multiLine: false,
      budgetMs: 0,
      promptLookup: true,
      tokenHealing: true,
    });
    expect(engine.expectations.map(({ expected }) => expected)).toEqual(['len(x)', '<b>&"', 'm']);
    expect(engine.expectations.map(({ prompt }) => prompt)).toEqual(engine.completions.map(({ prompt }) => prompt));
    expect(JSON.stringify(engine.completions[0]?.prompt)).toContain('src/b.py');
  });

  it.each([
    ['eval', ['--typing-cases', '0']],
    ['choose-k', ['--latency-cases', '1', '--max-k', '1']],
  ])('%s asks a model that fills in the middle in the words of its training', async (command, options) => {
    const engine = new EvaluatedEngine();
    engine.fillInTheMiddle = 'prefixFirst';
    await run([command, suite, '--json', '--limit', '1', ...options], { engine });
    for (const { prompt } of [...engine.completions, ...engine.expectations]) {
      expect(prompt.at(-1)).toEqual({ kind: 'special', token: 'fimMiddle' });
    }
    expect([engine.completions.length, engine.expectations.length]).toEqual([1, 1]);
  });

  it('types the end of the prefix for the cases that it measures so', async () => {
    const engine = new EvaluatedEngine();
    const { output } = await run(['eval', suite, '--json', '--typing-cases', '1'], { engine });
    // 'n = ' is four characters: one request for the case, and one for each of them.
    expect(engine.completions).toHaveLength(3 + 4);
    expect(engine.warmed).toHaveLength(1);
    const ends = engine.completions.slice(1, 5).map(({ prompt }) => (prompt.at(-1) as { text: string }).text);
    expect(ends).toEqual(['n', 'n ', 'n =', 'n = ']);
    expect(JSON.parse(output).latencyWhileTypingMs).toMatchObject({ p50: expect.any(Number) as number });
  });

  it('leaves parts out, and everything for the baseline', async () => {
    const engine = new EvaluatedEngine();
    const ablate = ['--ablate', 'tokenHealing', '--ablate', 'path'];
    const { output } = await run(['eval', suite, '--json', '--limit', '1', ...ablate], { engine });
    expect(JSON.parse(output)).toMatchObject({ n: 1, ablated: ['tokenHealing', 'path'] });
    expect(engine.completions[0]?.tokenHealing).toBe(false);
    expect(JSON.stringify(engine.completions[0]?.prompt)).not.toContain('src/a.py');
    const baseline = new EvaluatedEngine();
    await run(['eval', suite, '--json', '--limit', '1', '--baseline'], { engine: baseline });
    expect(baseline.completions[0]?.prompt).toEqual([{ kind: 'text', text: 'n = ', maxTokens: 400, keep: 'end' }]);
    expect(baseline.completions[0]?.tokenHealing).toBe(true);
  });

  it('lists what can be left out', async () => {
    expect((await run(['eval', '--ablate', 'list'])).output.trim().split('\n')).toEqual([...ablationNames]);
  });

  it('prints the figures with intervals, by language, and shows progress on a terminal', async () => {
    const engine = new EvaluatedEngine();
    const { output } = await run(['eval', suite, '--typing-cases', '0'], { engine });
    expect(output).toContain('3 cases of ');
    expect(output).toMatch(/exact match of the rest of the line +33\.3 % +0\.0–100\.0/);
    expect(output).toMatch(/python +1 +100\.0 %/);
    for (const line of output.split('\n').slice(1)) expect(line.length).toBeLessThan(80);
    const seen = await run(['eval', suite, '--typing-cases', '0'], { engine: new EvaluatedEngine(), isTTY: true });
    expect(seen.messages).toContain('1 of 3 cases');
  });

  it('writes each case, and a report that loads nothing and escapes what it shows', async () => {
    const named = at('a<b>.jsonl');
    await writeFile(named, await readFile(suite));
    const files = ['--cases', at('cases.jsonl'), '--report', at('report.html')];
    await run(['eval', named, '--typing-cases', '0', ...files], { engine: new EvaluatedEngine() });
    const lines = (await readFile(at('cases.jsonl'), 'utf8')).trim().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { id: string }).id)).toEqual(['right', 'wrong', 'more']);
    expect(JSON.parse(lines[0]!)).toMatchObject({ completionText: 'len(x)', exactMatch: true, promptTokens: 24 });
    const html = await readFile(at('report.html'), 'utf8');
    expect(html.match(/<svg/g)).toHaveLength(3);
    expect(html).toContain('a&lt;b&gt;.jsonl');
    expect(html).not.toContain('a<b>');
    expect(html).not.toMatch(/<script|<img|<link|@import|url\((?!#)|src=|href=/);
    expect(html).toContain("default-src 'none'");
    expect(html).not.toContain('NaN');
  });

  it.each([
    [['eval'], 'Name a suite'],
    [['eval', 'missing.jsonl'], 'missing.jsonl does not exist'],
    [['eval', 'x', '--ablate', 'nothing'], 'There is no part "nothing" to leave out'],
    [['eval', 'x', '--baseline', '--ablate', 'path'], '--baseline has nothing left to leave out'],
    [['eval', 'x', '--minimum-confidence', '1.5'], 'Give a number between 0 and 1'],
    [['eval', 'x', '--limit', '0'], 'Give a whole number, 1 or more'],
  ])('refuses %j in one sentence', async (commandLine, message) => {
    const { exitCode, messages, output } = await run(commandLine);
    expect(messages).toContain(message);
    expect(messages.trim().split('\n')).toHaveLength(1);
    expect(exitCode).toBe(commandLine.includes('missing.jsonl') ? 1 : 2);
    expect(output).toBe('');
  });

  it('names the line of a bad case, and a report that cannot be written, before an engine starts', async () => {
    await writeFile(at('bad.jsonl'), `${JSON.stringify(cases[0])}\n{"id": 3}\n`);
    const engine = new EvaluatedEngine();
    const bad = await run(['eval', at('bad.jsonl')], { engine });
    expect(bad).toMatchObject({ exitCode: 1, output: '' });
    expect(bad.messages).toMatch(/bad\.jsonl:2: not an evaluation case\. id: /);
    const nowhere = await run(['eval', suite, '--report', at('no/where.html')], { engine });
    expect(nowhere).toMatchObject({ exitCode: 1, output: '' });
    expect(nowhere.messages).toContain('cannot be written (ENOENT)');
    expect(engine.disposed).toBe(0);
  });

  it.skipIf(process.platform !== 'linux')('fails where there is no room for a report', async () => {
    const commandLine = ['choose-k', suite, '--max-k', '1', '--latency-cases', '1', '--report', '/dev/full'];
    const { exitCode, messages } = await run(commandLine, { engine: new EvaluatedEngine() });
    expect(exitCode).toBe(1);
    expect(messages).toBe('topk: /dev/full cannot be written (ENOSPC); what it holds is not complete.\n');
  });

  it('leaves no empty report behind when it fails', async () => {
    const engine = new EvaluatedEngine();
    engine.startError = new Error('broken');
    await run(['eval', suite, '--report', at('never.html')], { engine });
    await expect(stat(at('never.html'))).rejects.toThrow('ENOENT');
  });

  it('has the same threshold as the editor', () => {
    const properties = contributes.configuration.flatMap(({ properties }) => Object.entries(properties));
    const setting = properties.find(([name]) => name === 'topK.minimumConfidence')?.[1];
    expect(setting).toMatchObject({ default: defaultMinimumConfidence });
  });
});

describe('topk choose-k', () => {
  it('prints hit rates, costs, the knee and a recommendation as one JSON object', async () => {
    const engine = new EvaluatedEngine();
    const { output } = await run(['choose-k', suite, '--json', '--max-k', '12', '--latency-cases', '1'], { engine });
    const figures = JSON.parse(output) as {
      curve: { k: number; hitRate: number }[];
      cost: { k: number }[];
      knee: number;
      recommendation: string;
    };
    expect(figures.curve.map(({ k }) => k)).toEqual(Array.from({ length: 12 }, (_, index) => index + 1));
    expect(figures.curve.map(({ hitRate }) => hitRate)).toEqual([0.5, 0.5, 0.5, ...new Array<number>(9).fill(1)]);
    expect(figures.cost.map(({ k }) => k)).toEqual([1, 2, 3, 5, 10, 12]);
    expect(engine.completions.map(({ topK }) => topK)).toEqual([1, 2, 3, 5, 10, 12]);
    expect(figures.knee).toBe(4);
    expect(figures.recommendation).toContain('Set topK.candidates to 4:');
  });

  it('prints tables for a reader and writes the plots', async () => {
    const commandLine = ['choose-k', suite, '--latency-cases', '1', '--report', at('k.html')];
    const { output, exitCode } = await run(commandLine, { engine: new EvaluatedEngine() });
    expect(exitCode).toBe(0);
    expect(output).toMatch(/4 \(knee\) +100\.0 % +100\.0 % +0\.00 %/);
    expect(output.trim().split('\n').at(-1)).toContain('Set topK.candidates to 4:');
    const html = await readFile(at('k.html'), 'utf8');
    expect(html.match(/<svg/g)).toHaveLength(2);
    expect(html).toContain('knee: k = 4');
  });

  it('refuses a k that the vocabulary does not have', async () => {
    const { exitCode, messages } = await run(['choose-k', suite, '--max-k', '1001']);
    expect(exitCode).toBe(2);
    expect(messages).toContain('Give a whole number, between 1 and 1,000.');
  });
});
