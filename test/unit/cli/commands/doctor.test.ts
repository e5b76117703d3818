import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { cacheDirectory } from '../../../../src/cli/directories';
import { EngineError } from '../../../../src/protocol/engineError';
import { ModelError } from '../../../../src/model-store/modelError';
import { FakeEngine, run } from '../cliHarness';

let folder: string;
const weights = 'weights of a model';
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'topk-doctor-test-'));
});
afterAll(() => rm(folder, { recursive: true }));

beforeEach(async () => {
  const sha256 = createHash('sha256').update(weights).digest('hex');
  await writeFile(path.join(folder, 'model.onnx'), weights);
  const manifest = {
    format: 1,
    name: 'tiny',
    displayName: 'Tiny',
    license: 'Apache-2.0',
    source: 'a test',
    files: [{ path: 'model.onnx', bytes: weights.length, sha256 }],
    graphs: { int8: { file: 'model.onnx' }, float32: { file: 'model.onnx' } },
    decoder: {
      layers: 1,
      heads: 1,
      keyValueHeads: 1,
      headDimension: 2,
      hiddenSize: 2,
      vocabularySize: 10,
      contextLength: 16,
    },
    tokenizer: { file: 'model.onnx' },
    endOfText: [0],
    specialTokens: {},
  };
  await writeFile(path.join(folder, 'manifest.json'), JSON.stringify(manifest));
});

const doctor = (engine: FakeEngine, ...options: string[]) =>
  run(['doctor', ...options], { engine, findModel: async () => folder });

describe('topk doctor', () => {
  it('reports the machine, the verified model, every provider and a timed run', async () => {
    const engine = new FakeEngine();
    const { exitCode, output, messages } = await doctor(engine);
    expect({ exitCode, messages }).toEqual({ exitCode: 0, messages: '' });
    expect(output).toContain(`✓ platform   ${process.platform} ${process.arch}, `);
    expect(output).toContain(`✓ node       ${process.versions.node}`);
    expect(output).toContain('✓ model      tiny, 1 file of 18 bytes verified, in');
    expect(output).toContain('✓ engine     ONNX Runtime 1.30.0, 2 threads, loaded in 300 ms');
    expect(output).toMatch(/provider +compiled in +usable +a token\n/);
    expect(output).toMatch(/cpu +yes +yes +11 ms\n/);
    expect(output).toMatch(/cuda +no +no +–\n {2}cuda: not contained\n/);
    expect(output).toContain('✓ timed run  prefill of 20 tokens 80 ms, decode of 2 tokens 40 ms (20 ms each)');
    expect(engine.completions[0]).toMatchObject({ promptLookup: false, tokenHealing: false, alternatives: 0 });
    expect(engine.disposed).toBe(1);
  });

  it('fails for an altered model file, and goes on to the other checks', async () => {
    await writeFile(path.join(folder, 'model.onnx'), weights.toUpperCase());
    const { exitCode, output, messages } = await doctor(new FakeEngine());
    expect(output).toMatch(/✗ model {6}.*model\.onnx was altered or damaged/);
    expect(output).toContain('✓ timed run');
    expect(exitCode).toBe(1);
    expect(messages).toBe('topk: 1 check failed; see the lines marked ✗.\n');
  });

  it('fails when the engine does not start', async () => {
    const engine = new FakeEngine();
    engine.startError = new EngineError('platformUnsupported', 'There is no binary for linux musl.');
    expect(await doctor(engine)).toMatchObject({
      exitCode: 1,
      output: expect.stringContaining('✗ engine     There is no binary for linux musl.'),
    });
  });

  it('fails when the provider that was asked for is not the one in use', async () => {
    const { exitCode, output } = await doctor(new FakeEngine(), '--execution-provider', 'cuda');
    expect(output).toContain('✗ providers  cpu in use (cuda is not usable here)');
    expect(exitCode).toBe(1);
  });

  it('fails once for each check that needs a model that is not there', async () => {
    const { exitCode, output } = await run(['doctor', '--model', 'big'], {
      findModel: async () => {
        throw new ModelError('There is no model "big".');
      },
    });
    expect(output).toContain('✗ model      There is no model "big".');
    expect(exitCode).toBe(1);
  });
});

describe('cacheDirectory', () => {
  it('is where each platform keeps such files', () => {
    expect(cacheDirectory('linux', {}, '/home/a')).toBe('/home/a/.cache/top-k');
    expect(cacheDirectory('linux', { XDG_CACHE_HOME: '/cache' }, '/home/a')).toBe('/cache/top-k');
    expect(cacheDirectory('linux', { XDG_CACHE_HOME: 'relative' }, '/home/a')).toBe('/home/a/.cache/top-k');
    expect(cacheDirectory('darwin', {}, '/Users/a')).toBe('/Users/a/Library/Caches/top-k');
    expect(cacheDirectory('win32', { LOCALAPPDATA: '/local' }, '/a')).toBe(path.join('/local', 'top-k', 'cache'));
  });

  it('is nowhere without a home, and never below the current folder', () => {
    expect(cacheDirectory('linux', {}, undefined)).toBeUndefined();
    expect(cacheDirectory('darwin', {}, undefined)).toBeUndefined();
    expect(cacheDirectory('linux', { XDG_CACHE_HOME: '/cache' }, undefined)).toBe('/cache/top-k');
    expect(cacheDirectory('win32', { LOCALAPPDATA: '' }, undefined)).toBeUndefined();
  });
});
