import { mkdtemp, readdir, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ModelError } from '../../../src/model-store/modelError';
import { verifyModel } from '../../../src/model-store/verifyModel';
import { tinyManifest, writeTinyModel } from '../../support/tinyModelFolder';

let root: string;
let model: string;
let cacheDirectory: string;
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'topk-verify-'));
  model = await writeTinyModel(path.join(root, 'model'));
  cacheDirectory = path.join(root, 'cache', 'deep');
});
afterEach(() => rm(root, { recursive: true }));

const verify = (): Promise<unknown> => verifyModel(model, { cacheDirectory });

/** Changes bytes without changing size or time: only reading them could tell. */
async function alterUnseen(file: string, content: string): Promise<void> {
  const { atime, mtime } = await stat(file);
  await writeFile(file, content);
  await utimes(file, atime, mtime);
}

describe('verifyModel', () => {
  it('returns the manifest, and reports progress up to 1', async () => {
    const fractions: number[] = [];
    const manifest = await verifyModel(model, { cacheDirectory, onProgress: (fraction) => fractions.push(fraction) });
    expect(manifest).toEqual(tinyManifest());
    expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
    expect(fractions.at(-1)).toBe(1);
  });

  it('reads nothing the second time: size and time of change vouch for the bytes', async () => {
    const file = path.join(model, 'int8.onnx');
    const early = new Date(2020, 1, 1);
    await utimes(file, early, early);
    await verify();
    await alterUnseen(file, 'GRAPH');
    await expect(verify()).resolves.toBeDefined();
    // The same bytes under another cache are read, and found out.
    await expect(verifyModel(model, { cacheDirectory: path.join(root, 'other') })).rejects.toThrow(
      'altered or damaged',
    );
  });

  it('finds an altered file of the same size when its time of change is another', async () => {
    await verify();
    const file = path.join(model, 'int8.onnx');
    await writeFile(file, 'GRAPH');
    const later = new Date(Date.now() + 60_000);
    await utimes(file, later, later);
    const error: unknown = await verify().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ModelError);
    expect((error as Error).message).toMatch(
      /int8\.onnx was altered or damaged: its SHA-256 is [0-9a-f]{12}…, not [0-9a-f]{12}…\. Install the model again\.$/,
    );
  });

  it('verifies again where the manifest names another hash', async () => {
    await verify();
    const manifest = tinyManifest();
    manifest.files[0]!.sha256 = '0'.repeat(64);
    await writeTinyModel(model, manifest);
    await expect(verify()).rejects.toThrow('altered or damaged');
  });

  it('does not remember a file that failed', async () => {
    const file = path.join(model, 'int8.onnx');
    await writeFile(file, 'GRAPH');
    await expect(verify()).rejects.toThrow('altered');
    await expect(verify()).rejects.toThrow('altered');
  });

  it('names a file that is missing, truncated, or no file', async () => {
    const file = path.join(model, 'float.onnx');
    await truncate(file, 3);
    await expect(verify()).rejects.toThrow(
      'float.onnx is truncated or altered: it has 3 bytes, not 11. Install the model again.',
    );
    await rm(file);
    await expect(verify()).rejects.toThrow('float.onnx is missing. Install the model again.');
    await writeTinyModel(file);
    await expect(verify()).rejects.toThrow('float.onnx is not a file.');
  });

  it('verifies again where the remembered results cannot be read, and leaves no partial file', async () => {
    await verify();
    await writeFile(path.join(cacheDirectory, 'verified-models.json'), '{"half');
    await expect(verify()).resolves.toBeDefined();
    expect(await readdir(cacheDirectory)).toEqual(['verified-models.json']);
  });

  it('stops where it is told to', async () => {
    await expect(verifyModel(model, { cacheDirectory, signal: AbortSignal.abort() })).rejects.toThrow(/abort/i);
  });
});
