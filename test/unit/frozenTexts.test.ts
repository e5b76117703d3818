import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

const fixtures = path.join(import.meta.dirname, '..', 'fixtures');
const texts = path.join(fixtures, 'texts');

it('the texts that the model is given are those of SHA256SUMS, byte for byte', () => {
  const listed = readFileSync(path.join(fixtures, 'SHA256SUMS'), 'utf8').trim().split(/\r?\n/);
  const present = readdirSync(texts).filter((name) => !name.startsWith('.'));
  const digestOf = (name: string): string =>
    createHash('sha256')
      .update(readFileSync(path.join(texts, name)))
      .digest('hex');
  expect(present.map((name) => `${digestOf(name)}  ${name}`).sort()).toEqual(listed.toSorted());
});
