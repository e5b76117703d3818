import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runStudy } from '../../../../src/evaluation/study/ablationStudy';
import { RememberedAnswers } from '../../../../src/evaluation/run/rememberedAnswers';
import { studyDocument } from '../../../../src/evaluation/study/studyDocument';
import type {
  CompleteParams,
  ScoreContinuationParams,
  ScoreContinuationResult,
} from '../../../../src/protocol/messages';
import { FakeEngine, scoredToken } from '../../cli/cliHarness';

/** Counts what it is asked; the answer repeats what stands behind the caret, which a trim rule takes away. */
class CountingEngine extends FakeEngine {
  asked = 0;
  fails = false;
  /** Each request for a completion, with what the engine remembered then. */
  readonly asking: string[] = [];
  override tokens = [scoredToken('x'), scoredToken(' + y;')];
  override alternatives = [];

  override complete(params: CompleteParams) {
    this.asked++;
    this.asking.push(JSON.stringify([this.remembered.at(-1), params]));
    if (this.fails) return Promise.reject(new Error('ended'));
    return super.complete(params);
  }

  override async scoreContinuation(_params: ScoreContinuationParams): Promise<ScoreContinuationResult> {
    this.asked++;
    return { ranks: [1], bits: 2 };
  }

  override async warmPrompt(): Promise<{ prefillTokens: number }> {
    this.asked++;
    return { prefillTokens: 1 };
  }
}

const cases = ['go', 'rust'].map((language) => ({
  id: language,
  path: `a.${language}`,
  language,
  prefix: 'call(',
  suffix: ' + y;\n',
  expected: 'x',
}));
const settings = { minimumConfidence: 0.15, maxTokens: 8, ablationCases: 2, typingCases: 1 };

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'topk-study-'));
  file = path.join(folder, 'below', 'answers.jsonl');
});
afterEach(() => rm(folder, { recursive: true }));

async function study(engine: CountingEngine) {
  const answers = await RememberedAnswers.open(engine, file);
  const { signal } = new AbortController();
  return runStudy(cases, settings, { answers, model: {}, signal, onProgress: () => {} });
}

describe('RememberedAnswers', () => {
  const ask = (answers: RememberedAnswers, expected: string) => answers.scoreContinuation({ prompt: [], expected });

  it('asks the engine once for each request in its session', async () => {
    const engine = new CountingEngine();
    const answers = await RememberedAnswers.open(engine, file);
    for (let round = 0; round < 2; round++) await answers.inSession(() => ask(answers, 'a'));
    expect(engine.asked).toBe(1);
    // The same request behind another one finds another cache, and takes another time.
    await answers.inSession(async () => [await ask(answers, 'b'), await ask(answers, 'a')]);
    expect(engine.asked).toBe(3);
    const again = await RememberedAnswers.open(engine, file);
    expect(await again.inSession(() => ask(again, 'a'))).toEqual({ ranks: [1], bits: 2 });
    expect(engine.asked).toBe(3);
  });

  it('tells the engine what to remember before a question, and only for one', async () => {
    const engine = new CountingEngine();
    const answers = await RememberedAnswers.open(engine, file);
    const askWith = (text: string) =>
      answers.inSession(async () => {
        await answers.rememberFiles({ replaceAll: true, files: [{ name: 'a', text }] });
        return ask(answers, 'a');
      });
    await askWith('one');
    await askWith('two');
    expect(engine.asked).toBe(2);
    expect(engine.remembered.map(({ files }) => files[0]!.text)).toEqual(['one', 'two']);
    await askWith('one');
    expect(engine.asked).toBe(2);
    expect(engine.remembered).toHaveLength(2);
  });

  it('lets a remembered answer take its time on its own clock', async () => {
    const engine = new CountingEngine();
    const answers = await RememberedAnswers.open(engine, file);
    await answers.inSession(() => ask(answers, 'a'));
    const line = JSON.parse(await readFile(file, 'utf8')) as { milliseconds: number };
    const startedAt = answers.now();
    await answers.inSession(() => ask(answers, 'a'));
    expect(answers.now() - startedAt).toBeGreaterThanOrEqual(line.milliseconds);
  });

  it('remembers nothing of a session that failed', async () => {
    const engine = new CountingEngine();
    engine.fails = true;
    await expect(study(engine)).rejects.toThrow('ended');
    await expect(readFile(file, 'utf8')).rejects.toThrow('ENOENT');
  });
});

describe('the ablation study', () => {
  it('pairs every part with the product on the same cases, and shows what a rule does', async () => {
    const { product, noContext, prompt, rules } = await study(new CountingEngine());
    for (const { on, off } of [...prompt, ...rules]) {
      expect(off.map((result) => result.case.id)).toEqual(on.map((result) => result.case.id));
    }
    expect(product.map(({ completionText }) => completionText)).toEqual(['x', 'x']);
    expect(noContext.map(({ completionText }) => completionText)).toEqual(['x + y;', 'x + y;']);
    const overlap = rules.find(({ name }) => name === 'suffixOverlap');
    expect(overlap?.off.every(({ exactMatch }) => !exactMatch)).toBe(true);
    expect(prompt.map(({ name }) => name)).toContain('snippets');
    expect(product[0]?.typingMs).toHaveLength('call('.length);
    expect(product[1]?.typingMs).toEqual([]);
  });

  it('needs no engine for trim rules, nor for a second run', async () => {
    const engine = new CountingEngine();
    await study(engine);
    // None is asked twice, but for the whole prefix: once cold, once at its last keystroke, with and without context.
    expect(engine.asking).toHaveLength(new Set(engine.asking).size + 2);
    const before = engine.asked;
    await study(engine);
    expect(engine.asked).toBe(before);
  });

  it('writes the same document for the same answers, with each part, its difference and interval', async () => {
    const facts = {
      command: 'node scripts/evaluate.mjs',
      suite: 'suite.jsonl',
      model: 'fake',
      machine: '2 threads',
      minimumConfidence: 0.15,
      plots: [{ title: 'Reliability', path: 'evaluation/reliability.svg' }],
    };
    const document = studyDocument(await study(new CountingEngine()), facts);
    expect(document).toContain('| exact match of the rest of the line | 100.0 % (100.0–100.0) | 0.00 % (0.0–0.0) |');
    expect(document).toContain('Exact match differs by +100.0 (+100.0 to +100.0) points');
    expect(document).toMatch(/\| `suffixOverlap` \| 0\.00 % \| \+100\.0 \(\+100\.0 to \+100\.0\)/);
    expect(document).toMatch(/\| `snippets` \| 100\.0 % \| 0\.0 \(0\.0 to 0\.0\)/);
    expect(document).toContain('![Reliability](evaluation/reliability.svg)');
    expect(document).not.toMatch(/NaN|undefined/);
  });
});
