import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './setUp.mjs';

const folder = join(root, 'test', 'fixtures', 'texts');

/** Name -> text of the frozen texts that have one of these extensions, by name. */
export function frozenTexts(...extensions) {
  const names = readdirSync(folder).filter((name) => extensions.some((extension) => name.endsWith(extension)));
  return Object.fromEntries(names.sort().map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}
