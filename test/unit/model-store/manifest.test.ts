import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findModel } from '../../../src/model-store/findModel';
import { profileOf, readManifest } from '../../../src/model-store/manifest';
import { neutralProfile } from '../../../src/protocol/modelProfile';
import { fittedProfile } from '../../support/fittedProfile';
import { ModelError } from '../../../src/model-store/modelError';
import { type LooseManifest, tinyManifest, writeTinyModel } from '../../support/tinyModelFolder';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'topk-manifest-'));
});
afterEach(() => rm(root, { recursive: true }));

async function refusalOf(manifest: unknown): Promise<string> {
  const directory = await writeTinyModel(path.join(root, 'model'), manifest);
  const error: unknown = await readManifest(directory).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(ModelError);
  const { message } = error as Error;
  expect(message).not.toContain('\n');
  return message;
}

describe('readManifest', () => {
  it.each(['../x', '/etc/passwd', 'a/b', 'a\\b', '..', '.hidden', 'C:x', ''])(
    'refuses a file that is named %j',
    async (hostile) => {
      const listed = tinyManifest();
      listed.files[0]!.path = hostile;
      expect(await refusalOf(listed)).toMatch(/is no valid manifest: files\.0\.path: must be a plain file name/);
      expect(await refusalOf({ ...tinyManifest(), tokenizer: { file: hostile } })).toMatch(
        /tokenizer\.file: must be a plain file name/,
      );
      const graphs = { int8: { file: hostile }, float32: { file: 'float.onnx' } };
      expect(await refusalOf({ ...tinyManifest(), graphs })).toMatch(/graphs\.int8\.file: must be a plain file name/);
    },
  );

  it.each<[string, Partial<LooseManifest>, RegExp]>([
    ['another format', { format: 3 }, /format: Invalid option: expected one of 1\|2, not 3\./],
    [
      'a confidence with another number of weights',
      { format: 2, profile: { confidence: { weights: [1, 2], intercept: 0 } } },
      /profile\.confidence\.weights: /,
    ],
    [
      'a share of the memory that leaves nothing',
      { format: 2, profile: { memory: { fewAgree: 1 } } },
      /profile\.memory\.fewAgree: /,
    ],
    ['no files', { files: [] }, /files: /],
    ['no name', { name: '' }, /name: /],
    [
      'a hash that is none',
      { files: [{ path: 'a', bytes: 1, sha256: 'xyz' }] },
      /files\.0\.sha256: must be 64 hex digits/,
    ],
    ['a size of nothing', { files: [{ path: 'a', bytes: 0, sha256: '0'.repeat(64) }] }, /files\.0\.bytes: /],
    ['no end of text', { endOfText: [] }, /endOfText: /],
    ['a special token nobody knows', { specialTokens: { other: 1 } }, /specialTokens/],
    ['a decoder without layers', { decoder: {} }, /decoder\.layers: /],
  ])('refuses %s, saying where', async (_, change, message) => {
    const refusal = await refusalOf({ ...tinyManifest(), ...change });
    expect(refusal).toMatch(message);
    expect(refusal).toMatch(/Install the model again\.$/);
  });

  it('refuses a file that is needed but not listed', async () => {
    const manifest = { ...tinyManifest(), tokenizer: { file: 'other.json' } };
    expect(await refusalOf(manifest)).toMatch(/names other\.json but lists no hash for it/);
  });

  it.each([{ endOfText: [0, 9] }, { specialTokens: { fimPrefix: 9 } }])(
    'refuses an id that the vocabulary does not have: %j',
    async (change) => {
      expect(await refusalOf({ ...tinyManifest(), ...change })).toMatch(
        /names the token 9, but its vocabulary has 9 \(0 to 8\)/,
      );
    },
  );

  it('refuses what is no JSON, no object, or not there', async () => {
    expect(await refusalOf('{"format": 1,')).toMatch(/manifest\.json is not JSON/);
    expect(await refusalOf('null')).toMatch(/is no valid manifest: the file: /);
    await expect(readManifest(path.join(root, 'nowhere'))).rejects.toThrow(
      /There is no model in .*nowhere: manifest\.json is missing/,
    );
  });
});

describe('profileOf', () => {
  const read = async (change: Partial<LooseManifest>) =>
    profileOf(await readManifest(await writeTinyModel(path.join(root, 'model'), { ...tinyManifest(), ...change })));

  it('is what format 2 says, and neutral where it says nothing', async () => {
    expect(await read({ format: 2, profile: fittedProfile })).toEqual(fittedProfile);
    const { confidence } = fittedProfile;
    expect(await read({ format: 2, profile: { confidence } })).toEqual({ ...neutralProfile, confidence });
    expect(await read({ format: 2 })).toEqual(neutralProfile);
  });

  it('is neutral for format 1, which knew of none', async () => {
    expect(await read({})).toEqual(neutralProfile);
    expect(await read({ profile: fittedProfile })).toEqual(neutralProfile);
    expect(neutralProfile.confidence).toBeUndefined();
  });
});

describe('findModel', () => {
  it('finds a bundled model by name and any model by its folder', async () => {
    const bundled = path.join(root, 'models');
    const directory = await writeTinyModel(path.join(bundled, 'smollm2-135m'));
    expect(await findModel(undefined, { bundled })).toBe(directory);
    expect(await findModel('smollm2-135m', { bundled })).toBe(directory);
    const own = await writeTinyModel(path.join(root, 'own'));
    expect(await findModel(own, { bundled })).toBe(own);
  });

  it('takes ~ for the home folder, where no shell does', async () => {
    const own = await writeTinyModel(path.join(root, 'models', 'own'));
    expect(await findModel('~/models/own', { home: root })).toBe(own);
  });

  it('takes a relative folder only where it is told from where', async () => {
    const bundled = path.join(root, 'models');
    await writeTinyModel(path.join(bundled, 'small'));
    const relative = path.join('models', 'small');
    expect(await findModel(relative, { bundled, workingDirectory: root })).toBe(path.join(bundled, 'small'));
    await expect(findModel(relative, { bundled })).rejects.toThrow(
      `There is no model "${relative}": it is neither a bundled one (small) nor the absolute path of a folder with a manifest.json.`,
    );
  });

  it('says in a sentence that the bundled models are not there', async () => {
    const bundled = path.join(root, 'nowhere');
    await expect(findModel('large', { bundled })).rejects.toThrow(
      new ModelError(`The folder of the bundled models, ${bundled}, cannot be read (ENOENT). Install Top-K again.`),
    );
  });

  it('says what it looked for, and what there is', async () => {
    const bundled = path.join(root, 'models');
    await writeTinyModel(path.join(bundled, 'small'));
    await writeTinyModel(path.join(bundled, 'export'));
    await expect(findModel('large', { bundled, workingDirectory: root })).rejects.toThrow(
      'There is no model "large": it is neither a bundled one (small) nor a folder with a manifest.json.',
    );
  });
});
