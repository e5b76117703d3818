import { readFile } from 'node:fs/promises';
import path from 'node:path';

const folder = path.join(import.meta.dirname, '..', 'fixtures', 'texts');

/** The first `characters` of a text in test/fixtures/texts. */
export async function frozenText(name: string, characters: number): Promise<string> {
  return (await readFile(path.join(folder, name), 'utf8')).slice(0, characters);
}

/** Goes on for a line as it went five times before, and is certain on any processor. */
export const repeatingText = `${'the cat sat on the mat, and the dog lay on the rug; '.repeat(5)}the cat`;
