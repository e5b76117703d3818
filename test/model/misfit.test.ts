import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadModel } from '../../src/engine/loadedModel';
import { loadTokenizer } from '../../src/engine/loadTokenizer';
import { type ModelManifest, readManifest } from '../../src/model-store/manifest';
import { ModelError } from '../../src/model-store/modelError';
import { modelDirectory } from '../support/bundledModel';

const manifest = await readManifest(modelDirectory);
const load = (changed: ModelManifest) =>
  loadModel(changed, { directory: modelDirectory, executionProvider: 'cpu', threads: 2 });

async function refusalOf(loading: Promise<unknown>): Promise<string> {
  const error: unknown = await loading.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(ModelError);
  expect((error as Error).message).not.toContain('\n');
  return (error as Error).message;
}

describe('a manifest that does not fit its graph is refused before the first run', () => {
  it.each([
    ['layers', 12, 30],
    ['heads', 12, 9],
    ['keyValueHeads', 9, 3],
    ['headDimension', 32, 64],
    ['hiddenSize', 768, 576],
    ['vocabularySize', 49_153, 49_152],
    ['contextLength', 8192, 4096],
  ] as const)('that says another %s', async (name, said, own) => {
    const refusal = await refusalOf(load({ ...manifest, decoder: { ...manifest.decoder, [name]: said } }));
    expect(refusal).toBe(
      `The manifest beside ${path.join(modelDirectory, 'model.onnx')} says ${name} ${said}, its graph has ${own}. Install the model again.`,
    );
  });

  it('that names the graph of another cache', async () => {
    const { int8, float32 } = manifest.graphs;
    const refusal = await refusalOf(load({ ...manifest, graphs: { int8: float32, float32: int8 } }));
    expect(refusal).toContain('says cacheType int8, its graph has float32');
  });

  it('but may use fewer positions than the graph has', async () => {
    const { decoder } = await load({ ...manifest, decoder: { ...manifest.decoder, contextLength: 2048 } });
    expect(decoder.contextLength).toBe(2048);
  });
});

describe('a tokenizer.json that cannot be used is refused in a sentence', () => {
  it.each<[string, (definition: Record<string, unknown>) => unknown, RegExp]>([
    ['has no pre_tokenizer', ({ pre_tokenizer: _, ...rest }) => rest, /cannot be used: it has no pre_tokenizer,/],
    ['is no JSON', () => undefined, /tokenizer\.json is not JSON: .* Install the model again\.$/],
  ])('that %s', async (_, damage, message) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'topk-tokenizer-'));
    const file = path.join(folder, 'tokenizer.json');
    const whole = JSON.parse(await readFile(path.join(modelDirectory, 'tokenizer.json'), 'utf8'));
    await writeFile(file, JSON.stringify(damage(whole)) ?? '{"model":');
    expect(await refusalOf(loadTokenizer(file))).toMatch(message);
    await rm(folder, { recursive: true });
  });
});
