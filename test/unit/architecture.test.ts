import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');

interface Zone {
  readonly target: string;
  readonly except: readonly string[];
}
interface LintEntry {
  readonly rules?: { readonly 'import-x/no-restricted-paths'?: readonly [string, { readonly zones: readonly Zone[] }] };
}

/** Rooms and what each may import, by lint; single files that are let through are no rooms. */
async function roomsOfLint(): Promise<Record<string, string[]>> {
  const file = pathToFileURL(path.join(root, 'eslint.config.mjs')).href;
  const { default: entries } = (await import(file)) as { default: readonly LintEntry[] };
  const zones = entries.flatMap(({ rules }) => rules?.['import-x/no-restricted-paths']?.[1].zones ?? []);
  return Object.fromEntries(
    zones.map(({ target, except }) => {
      const room = path.basename(target);
      const names = except.map((name) => name.replace(/^\.\//, ''));
      return [room, names.filter((name) => name !== room && !name.endsWith('.ts')).sort()];
    }),
  );
}

/** The same by the page: the first and the last column of its table of rooms. */
function roomsOfPage(): Record<string, string[]> {
  const page = readFileSync(path.join(root, 'docs/architecture.md'), 'utf8');
  const table = page.slice(page.indexOf('## Rooms'), page.indexOf('`extension.ts` joins'));
  const rows = table.matchAll(/^\| `([\w-]+)` .*\|([^|]*)\|$/gm);
  return Object.fromEntries(
    Array.from(rows, ([, room, allowed]) => [
      room!,
      allowed!.trim() === 'nothing of ours'
        ? []
        : allowed!
            .split(',')
            .map((name) => name.trim())
            .sort(),
    ]),
  );
}

it('The page on architecture has the rooms and the import table that lint holds', async () => {
  const rooms = roomsOfPage();
  expect(Object.keys(rooms)).toContain('protocol');
  expect(rooms).toEqual(await roomsOfLint());
});
