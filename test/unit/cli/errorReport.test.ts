import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Log } from '../../../src/protocol/log';
import { EngineError } from '../../../src/protocol/engineError';
import { ModelError } from '../../../src/model-store/modelError';
import { FakeEngine, run } from './cliHarness';

let folder: string;
let file: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'topk-errors-'));
  file = path.join(folder, 'a.ts');
  await writeFile(file, 'const a = 1;\n');
});
afterAll(() => rm(folder, { recursive: true }));

/** Every error is one line on standard error that begins with the program's name, and no stack. */
function expectOneSentence({ output, messages }: { output: string; messages: string }): void {
  expect(output).toBe('');
  expect(messages).toMatch(/^topk: [^\n]+\.\n$/);
  expect(messages).not.toMatch(/\n {4}at /);
}

describe('usage errors', () => {
  it.each([
    [['complete'], /missing required argument 'file:line:column'/],
    [['complete', 'a.ts'], /"a\.ts" is no place in a file; give FILE:LINE:COLUMN/],
    [['complete', '-', '--top-k', '0'], /--top-k.*'0'.*whole number, 1 or more/],
    [['complete', '-', '--top-k', 'many'], /--top-k.*'many'/],
    [['complete', '-', '--top-k', '1.5'], /--top-k.*'1\.5'/],
    [['complete', '-', '--top-k', '1001'], /--top-k 1001 is more than the vocabulary of fake has \(1,000 tokens\)/],
    [['complete', '-', '--alternatives', '-1'], /--alternatives.*'-1'.*between 0 and 50/],
    [['complete', '-', '--max-tokens', '0'], /--max-tokens/],
    [['complete', '-', '--max-tokens', '1025'], /--max-tokens.*between 1 and 1,024/],
    [['complete', '-', '--budget-ms', ''], /--budget-ms/],
    [['complete', '-', '--threads', '9999'], /--threads.*between 0 and 256/],
    [['complete', '-', '--language', 'typescritp'], /--language.*'typescritp'.*an identifier of VS Code/],
    [['complete', '-', '--model', ''], /--model.*must not be empty; leave the option out/],
    [['complete', '-', '--execution-provider', 'npu'], /npu.*auto, cpu, cuda, directml, coreml, webgpu/],
    [['complete', '-', '--topk', '3'], /unknown option '--topk'.*--top-k/],
    [['complete', '-', 'more'], /too many arguments/],
    [['score'], /missing required argument 'file'/],
    [['score', '-', '--top-k', '1001'], /--top-k 1001 is more than the vocabulary/],
    [['compleet', '-'], /unknown command 'compleet'.*complete/],
    [['doctor', '--json'], /unknown option '--json'/],
  ])('%j ends with 2 and one sentence', async (commandLine, message) => {
    const result = await run(commandLine, { input: 'text' });
    expect(result.exitCode).toBe(2);
    expect(result.messages).toMatch(message);
    expectOneSentence(result);
  });

  it('say how many lines and columns there are', async () => {
    const line = await run(['complete', `${file}:9:1`]);
    expect(line).toMatchObject({
      exitCode: 2,
      messages: `topk: Line 9 is out of range: ${file} has 2 lines, counted from 1.\n`,
    });
    const column = await run(['complete', `${file}:1:99`]);
    expect(column.messages).toContain('Column 99 is out of range: line 1');
    expect(column.messages).toContain('has columns 1 to 13.');
  });

  it('print the help where no command is given', async () => {
    expect(await run([])).toMatchObject({ exitCode: 2, output: '', messages: expect.stringContaining('Usage: topk') });
  });

  it('do not start an engine for them', async () => {
    const engine = new FakeEngine();
    await run(['complete', `${file}:9:1`], { engine });
    expect(engine.disposed).toBe(0);
  });
});

describe('help and version', () => {
  it.each([['--help'], ['complete', '--help'], ['help', 'score']])('%s %s ends with 0', async (...commandLine) => {
    const { exitCode, output, messages } = await run(commandLine);
    expect({ exitCode, messages }).toEqual({ exitCode: 0, messages: '' });
    expect(output).toMatch(/^Usage: topk/);
  });

  it('fits a narrow terminal and names every option', async () => {
    const { output } = await run(['complete', '--help'], { columns: 80 });
    for (const option of [
      'top-k',
      'alternatives',
      'max-tokens',
      'multi-line',
      'budget-ms',
      'json',
      'model',
      'threads',
    ]) {
      expect(output).toContain(`--${option}`);
    }
    expect(output.replace(/\s+/g, ' ')).toContain('The model sees this file only');
    const overview = (await run(['--help'], { columns: 80 })).output;
    for (const line of `${output}\n${overview}`.split('\n')) expect(line.length).toBeLessThan(80);
  });

  it('prints the version of the package', async () => {
    expect((await run(['--version'])).output).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

describe('failures', () => {
  it.each([
    [['complete', '/no/such/file.ts:1:1'], '/no/such/file.ts does not exist'],
    [['complete', '/:1:1'], '/ is a directory'],
    [['score', '/no/such/file.ts'], '/no/such/file.ts does not exist'],
    [['score', '-'], 'Standard input is empty; there is nothing to score.'],
  ])('%j ends with 1 and one sentence', async (commandLine, message) => {
    const result = await run(commandLine);
    expect(result.exitCode).toBe(1);
    expect(result.messages).toContain(message);
    expectOneSentence(result);
  });

  it('says that a file is too large to score, and the limit', async () => {
    const large = path.join(folder, 'large.txt');
    await writeFile(large, 'x'.repeat(300 * 1024));
    const result = await run(['score', large]);
    expect(result).toMatchObject({
      exitCode: 1,
      messages: expect.stringContaining('is 300 kB, and at most 256 kB is read'),
    });
  });

  it.each([
    [new EngineError('modelInvalid', 'layers-0.bin is missing. Install the model again.'), 1],
    [new EngineError('badRequest', 'Max tokens is 9000; it must be a whole number from 1 to 8192.'), 2],
    [new EngineError('engineEnded', 'The engine process was ended by SIGKILL. Try again.'), 1],
    [new TypeError('x is undefined.'), 1],
  ])('tells what the engine says: %s', async (error, exitCode) => {
    const engine = new FakeEngine();
    engine.startError = error;
    const result = await run(['complete', '-'], { engine });
    expect(result.exitCode).toBe(exitCode);
    expect(result.messages).toContain(error.message);
    expectOneSentence(result);
    expect(engine.disposed).toBe(1);
  });

  it('tells that there is no such model', async () => {
    const result = await run(['complete', '-', '--model', 'big'], {
      findModel: async (name) => {
        throw new ModelError(`There is no model "${name}".`);
      },
    });
    expect(result).toEqual({ exitCode: 1, output: '', messages: 'topk: There is no model "big".\n' });
  });

  it('prints no escape sequence that an argument brings', async () => {
    const { messages } = await run(['complete', '\u001b[2J:1:1']);
    expect(messages).toContain('<U+001B>[2J does not exist');
    expect((await run(['\u001b[2J'])).messages).not.toContain('\u001b');
  });
});

describe('what is not the result', () => {
  it('goes to standard error, and not at all with --quiet', async () => {
    const onInitialize = (_: unknown, log: Log): void => {
      log.info('ready');
      log.warn('odd\u001b[2J');
    };
    const commandLine = ['complete', '-', '--json', '--execution-provider', 'cuda'];
    const result = await run(commandLine, { onInitialize });
    expect(JSON.parse(result.output)).toHaveProperty('tokens');
    expect(result.messages).toBe('topk: odd<U+001B>[2J\ntopk: cuda is not usable here; using cpu.\n');
    expect((await run([...commandLine, '--quiet'], { onInitialize })).messages).toBe('');
  });

  it('shows progress on a terminal and leaves nothing of it there', async () => {
    const { messages } = await run(['score', '-', '--json'], {
      isTTY: true,
      input: 'text',
      environment: { NO_COLOR: '1' },
    });
    expect(messages).toContain('Loading the model 50 %');
    expect(messages.endsWith('\r\u001b[K')).toBe(true);
  });
});
