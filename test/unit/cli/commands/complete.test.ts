import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import stringWidth from 'string-width';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AbortReason } from '../../../../src/cli/abort';
import { FakeEngine, run, scoredToken, timings } from '../cliHarness';

let folder: string;
let file: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'topk-complete-'));
  file = path.join(folder, 'x.py');
  await writeFile(file, 'import math\n\ndef f(x):\n\treturn\n\nprint(f(1))\n');
});
afterAll(() => rm(folder, { recursive: true }));

describe('topk complete --json', () => {
  it('prints one object of exactly the documented fields, and nothing else', async () => {
    const { output, messages, exitCode } = await run(['complete', `${file}:4:8`, '--json']);
    const candidates = (text: string) => [
      { text, id: 1, logit: 12.5, probability: 0.5 },
      { text: ' other', id: 2, logit: 11.8, probability: 0.25 },
    ];
    const token = (text: string, drafted: boolean) => ({
      text,
      id: 1,
      logit: 12.5,
      probability: 0.5,
      rank: 1,
      entropyBits: 1.5,
      margin: 0.25,
      remainingMass: 0.25,
      drafted,
      candidates: candidates(text),
    });
    expect(JSON.parse(output)).toEqual({
      text: ' a(b)',
      stopReason: 'line end',
      appliedRules: [],
      tokens: [token(' a', false), token('(b)', true)],
      alternatives: [{ text: ' c', tokens: [token(' c', false)] }],
      timings,
      model: 'fake',
    });
    expect(output.endsWith('}\n')).toBe(true);
    expect({ messages, exitCode }).toEqual({ messages: '', exitCode: 0 });
  });
});

describe('what is asked of the engine', () => {
  it('has the documented defaults', async () => {
    const engine = new FakeEngine();
    await run(['complete', `${file}:4:8`], {
      engine,
      onInitialize: (params) =>
        expect(params).toEqual({
          modelDirectory: '/models/bundled',
          executionProvider: 'auto',
          threads: 0,
          cacheDirectory: '/nowhere',
        }),
    });
    expect(engine.completions).toHaveLength(1);
    expect(engine.completions[0]).toMatchObject({
      topK: 5,
      alternatives: 3,
      maxTokens: 32,
      multiLine: false,
      budgetMs: 0,
      promptLookup: true,
      tokenHealing: true,
    });
    const prompt = engine.completions[0]!.prompt;
    expect(prompt.at(-1)).toMatchObject({ text: 'import math\n\ndef f(x):\n\treturn' });
    expect(JSON.stringify(prompt)).not.toContain(folder);
    expect(engine.disposed).toBe(1);
  });

  it('follows every option', async () => {
    const engine = new FakeEngine();
    const options =
      '--top-k 9 --alternatives 0 --max-tokens 7 --multi-line --budget-ms 250 --no-prompt-lookup --no-token-healing ' +
      '--model tiny --execution-provider cpu --threads 3';
    await run(['complete', `${file}:1:1`, ...options.split(' ')], {
      engine,
      onInitialize: (params) =>
        expect(params).toMatchObject({ modelDirectory: '/models/tiny', executionProvider: 'cpu', threads: 3 }),
    });
    expect(engine.completions[0]).toMatchObject({
      topK: 9,
      alternatives: 0,
      maxTokens: 7,
      multiLine: true,
      budgetMs: 250,
      promptLookup: false,
      tokenHealing: false,
    });
  });

  it('completes standard input, NULs and all, and an empty one from nothing', async () => {
    const engine = new FakeEngine();
    expect(await run(['complete', '-', '--json'], { engine, input: 'a\0b' })).toMatchObject({
      exitCode: 0,
      messages: '',
    });
    expect(await run(['complete', '-', '--json'], { engine, input: '' })).toMatchObject({ exitCode: 0, messages: '' });
    expect(engine.completions.map(({ prompt }) => prompt.at(-1))).toMatchObject([{ text: 'a\0b' }, { text: '' }]);
  });

  it('tells the reader at a terminal how to end the input', async () => {
    expect((await run(['complete', '-'], { isTTY: true })).messages).toContain('Ctrl-D');
    expect((await run(['complete', '-', '--quiet'], { isTTY: true })).messages).toBe('');
  });
});

describe('the report', () => {
  it('shows the completion in its lines, then each token with its candidates, alternatives and timings', async () => {
    const { output } = await run(['complete', `${file}:4:8`]);
    const lines = output.split('\n');
    expect(lines.slice(0, 6)).toEqual([
      '1 │ import math',
      '2 │',
      '3 │ def f(x):',
      '4 │     return« a(b)»',
      '5 │',
      '6 │ print(f(1))',
    ]);
    expect(output).toContain('2 tokens, model probability 25.0 %, stopped: line end.');
    expect(output).toMatch(/Token 1 of 2 {2}·a\n/);
    expect(output).toMatch(/Token 2 of 2 {2}\(b\) {2}\(drafted by prompt lookup\)/);
    expect(output).toMatch(/→ +1 +·a +50\.0 % +█+\S? +12\.50\n +2 +·other +25\.0 % +█+\S? +11\.80/);
    expect(output).toContain('entropy 1.50 bits · margin 25.0 % · remaining mass 25.0 %');
    expect(output).toMatch(/Alternatives\n {2}1 {3}c {2}50\.0 %/);
    expect(output).toContain('fake · prefill 20 tokens 80 ms · decode 2 tokens 40 ms, 1 from drafts · 4 reused');
    expect(output).not.toContain('\u001b');
  });

  it('gives a token from outside the k best its own row, and shows what of it was typed', async () => {
    const engine = new FakeEngine();
    engine.tokens = [scoredToken('urn', { id: 77, rank: 312, probability: 0.001, typedText: ' ret' })];
    const { output } = await run(['complete', `${file}:4:8`], { engine });
    expect(output).toMatch(/Token 1 of 1 {2}·return {2}\(·ret was typed\)/);
    expect(output).toMatch(/→ +312 +·return +0\.10 %/);
  });

  it('says so when nothing is proposed', async () => {
    const engine = new FakeEngine();
    engine.tokens = [];
    engine.alternatives = [];
    const { output, exitCode } = await run(['complete', `${file}:4:8`], { engine });
    expect(output).toContain('The model proposes nothing here (stopped: line end).');
    expect(exitCode).toBe(0);
  });

  it('says which rule cut all of it', async () => {
    const engine = new FakeEngine();
    engine.tokens = [scoredToken('print'), scoredToken('(f(1))')];
    engine.alternatives = [];
    const place = `${file}:5:1`;
    const { output } = await run(['complete', place], { engine });
    expect(output).toContain('All that the model wrote is cut by the rule nextLineDuplicate (stopped: line end).');
    expect(JSON.parse((await run(['complete', place, '--json'], { engine })).output)).toMatchObject({
      text: '',
      appliedRules: ['nextLineDuplicate'],
    });
  });

  it.each([
    ['list.md', ['list.md:4:2']],
    ['standard input', ['-', '--language', 'markdown']],
    ['a file without an ending', ['LIST:4:2', '--language', 'markdown']],
  ])('judges %s as the editor would: a bracket in prose needs no opener', async (_, [place, ...options]) => {
    const list = 'a) open the file\nb) edit the file\nc) save the file\nd';
    for (const name of ['list.md', 'LIST']) await writeFile(path.join(folder, name), list);
    const engine = new FakeEngine();
    engine.tokens = [scoredToken(') close the file')];
    const where = place === '-' ? '-' : path.join(folder, place!);
    const { output } = await run(['complete', where, '--json', ...options], { engine, input: list });
    expect(JSON.parse(output)).toMatchObject({ text: ') close the file', appliedRules: [] });
    const code = await run(['complete', '-', '--json', '--language', 'c'], { engine, input: list });
    expect(JSON.parse(code.output)).toMatchObject({ text: '', appliedRules: ['bracketBalance'] });
  });

  it.each([40, 60, 80, 200])('keeps within a terminal of %i columns, wide characters counted', async (columns) => {
    const engine = new FakeEngine();
    const long = '語'.repeat(60);
    engine.tokens = [
      scoredToken(' x', { candidates: [{ text: long, id: 4, logit: -123.456, probability: 0.999, memoryShare: 0 }] }),
    ];
    engine.alternatives = [` ${'いろはにほへとちりぬるを'.repeat(3)}`];
    const minified = path.join(folder, 'minified.js');
    await writeFile(minified, `${'日本'.repeat(500)}; ${'y'.repeat(500)}\n${'z'.repeat(500)}`);
    const { output } = await run(['complete', `${minified}:1:1002`], { engine, columns });
    const tables = output.split('\n').filter((line) => !/ · |Completion/.test(line));
    for (const line of tables) expect(stringWidth(line)).toBeLessThan(columns);
    expect(output).toMatch(/│ …[日本]+;« x»/);
  });

  it('lets no escape sequence of a file or a model through', async () => {
    const evil = '\u001b]0;owned\u0007\u009b2J\r\u202e';
    const engine = new FakeEngine();
    engine.tokens = [scoredToken(` a${evil}`, { typedText: evil })];
    engine.alternatives = [evil + 'x'];
    const evilFile = path.join(folder, 'evil.txt');
    await writeFile(evilFile, `${evil}\n${evil}`);
    const { output } = await run(['complete', `${evilFile}:2:1`], { engine });
    expect(output).toContain('<U+001B>]0;owned<U+0007><U+009B>2J');
    expect(output).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  });

  it('is coloured on a terminal, not with NO_COLOR or TERM=dumb, and on a pipe only with FORCE_COLOR', async () => {
    const colored = async (isTTY: boolean, environment: Record<string, string>): Promise<boolean> =>
      (await run(['complete', `${file}:4:8`], { isTTY, environment })).output.includes('\u001b[');
    expect(await colored(true, {})).toBe(true);
    expect(await colored(false, {})).toBe(false);
    expect(await colored(false, { CI: '1' })).toBe(false);
    expect(await colored(true, { NO_COLOR: '1' })).toBe(false);
    expect(await colored(true, { TERM: 'dumb' })).toBe(false);
    expect(await colored(false, { FORCE_COLOR: '1' })).toBe(true);
    expect(await colored(true, { FORCE_COLOR: '0' })).toBe(false);
    expect(await colored(false, { FORCE_COLOR: '' })).toBe(false);
  });
});

describe('giving up', () => {
  it('ends with 130 and without a word when Ctrl-C comes while the model works, and ends the engine', async () => {
    const engine = new FakeEngine();
    engine.hangs = true;
    const controller = new AbortController();
    const running = run(['complete', '-'], { engine, signal: controller.signal });
    await expect.poll(() => engine.completions.length).toBe(1);
    controller.abort(new AbortReason(130));
    expect(await running).toEqual({ exitCode: 130, output: '', messages: '' });
    expect(engine.disposed).toBe(1);
  });

  it('does not wait for an input that never ends', async () => {
    const controller = new AbortController();
    async function* endless(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('a');
      await new Promise(() => {});
    }
    const running = run(['complete', '-'], { input: endless(), signal: controller.signal });
    controller.abort(new AbortReason(130));
    expect((await running).exitCode).toBe(130);
  });
});
