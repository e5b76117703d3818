import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readRemembered, rememberResults } from '../../../src/model-store/rememberedResults';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'topk-remembered-'));
});
afterEach(() => rm(root, { recursive: true }));

describe('rememberResults', () => {
  it('adds to what is there', async () => {
    const file = path.join(root, 'new', 'file.json');
    await rememberResults(file, { a: 1, b: 1 });
    await rememberResults(file, { b: 2, c: 2 });
    expect(await readRemembered(file)).toEqual({ a: 1, b: 2, c: 2 });
  });

  it('takes the place of what is no object of values', async () => {
    const file = path.join(root, 'file.json');
    await writeFile(file, '[1, 2]');
    await rememberResults(file, { a: 1 });
    expect(await readRemembered(file)).toEqual({ a: 1 });
  });

  it('leaves what cannot be written alone: no error, no partial file', async () => {
    await writeFile(path.join(root, 'plain'), '');
    await rememberResults(path.join(root, 'plain', 'file.json'), { a: 1 });
    await rememberResults(path.join(root, 'file.json'), { a: 1n });
    await mkdir(path.join(root, 'folder', 'inner'), { recursive: true });
    await rememberResults(path.join(root, 'folder'), { a: 1 });
    expect((await readdir(root)).toSorted()).toEqual(['folder', 'plain']);
  });
});
