import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import type { EvaluationCase } from '../../../../src/evaluation/suite/suite';
import { readSuiteFile } from '../../../../src/cli/commands/suiteFile';
import { attribution } from '../../../evaluation/generate/attribution';
import { MAX_OPEN_FILE, MAX_OPEN_FILES, MAX_PREFIX, MAX_SUFFIX } from '../../../evaluation/generate/cutCase';
import {
  LANGUAGE_FILES,
  parsePackageList,
  PARTS,
  type PackageList,
  type Part,
} from '../../../evaluation/generate/packageList';

const at = (path: string): string => fileURLToPath(new URL(`../../../evaluation/${path}`, import.meta.url));

let list: PackageList;
const suites = {} as Record<Part, EvaluationCase[]>;

beforeAll(async () => {
  list = parsePackageList(await readFile(at('packages.json'), 'utf8'));
  for (const part of PARTS) suites[part] = await readSuiteFile(at(`suites/${part}.jsonl`));
});

describe.each(PARTS)('the suite %s', (part) => {
  it('has the listed number of cases in every language', () => {
    const counts: Record<string, number> = {};
    for (const { language } of suites[part]) counts[language ?? ''] = (counts[language ?? ''] ?? 0) + 1;
    const wanted = list.casesPerLanguage[part];
    expect(counts).toEqual(Object.fromEntries(Object.keys(LANGUAGE_FILES).map((language) => [language, wanted])));
  });

  it('keeps the bounds and the form of a case', () => {
    for (const { id, prefix, suffix, expected, openFiles = [], path } of suites[part]) {
      expect(prefix.length, id).toBeLessThanOrEqual(MAX_PREFIX);
      expect(suffix.length, id).toBeLessThanOrEqual(MAX_SUFFIX);
      // The rest of the caret's line after the expected text: nothing, or closers and nothing else.
      expect(suffix, id).toMatch(id.endsWith('-closers') ? /^['"`)\]}]+[,;]?\n/ : /^\n/);
      if (suffix.startsWith('\n')) expect(expected.trimEnd(), id).toBe(expected);
      expect(expected, id).toMatch(/[\p{L}\p{N}]/u);
      expect(openFiles.length, id).toBeLessThanOrEqual(MAX_OPEN_FILES);
      for (const open of openFiles) {
        expect(open.path, id).not.toBe(path);
        expect(open.text.length, id).toBeLessThanOrEqual(MAX_OPEN_FILE);
      }
      // A lone half of a surrogate pair would not survive UTF-8.
      expect(prefix.isWellFormed() && suffix.isWellFormed(), id).toBe(true);
    }
  });

  it('has about 15 % of its carets before closers', () => {
    const share = suites[part].filter(({ id }) => id.endsWith('-closers')).length / suites[part].length;
    expect(share).toBeGreaterThan(0.1);
    expect(share).toBeLessThan(0.2);
  });

  it('comes from the listed packages of its own part', () => {
    const names = new Set(
      list.packages.filter((entry) => entry.part === part).map(({ name }) => name.replace(/^@/, '').replace('/', '-')),
    );
    for (const { id } of suites[part]) {
      const [own, , , name] = id.split('/');
      expect(own, id).toBe(part);
      expect(names.has(name as string), id).toBe(true);
    }
  });
});

it('no text around a caret of the tuning part is anywhere in the test part', () => {
  const around = ({ prefix, expected, suffix }: EvaluationCase): string =>
    `${prefix.slice(-120)}${expected}${suffix.slice(0, 60)}`;
  const texts = suites.test.flatMap(({ prefix, expected, suffix, openFiles = [] }) => [
    prefix + expected + suffix,
    ...openFiles.map(({ text }) => text),
  ]);
  const all = texts.join('\0');
  for (const each of suites.tuning) expect(all.includes(around(each)), each.id).toBe(false);
});

it('no case asks for the same line after the same line as another', () => {
  const keys = PARTS.flatMap((part) => suites[part]).map(({ prefix, expected, suffix }) => {
    const start = prefix.lastIndexOf('\n') + 1;
    const before = prefix.slice(prefix.lastIndexOf('\n', start - 2) + 1, Math.max(0, start - 1));
    return `${before.trim()}\n${(prefix.slice(start) + expected + (suffix.split('\n', 1)[0] as string)).trim()}`;
  });
  expect(new Set(keys).size).toBe(keys.length);
});

it('the notice names every package', async () => {
  expect(await readFile(at('ATTRIBUTION.md'), 'utf8')).toBe(attribution(list));
});

it('every package has its checksum', () => {
  expect(list.packages.filter(({ sha256 }) => sha256 === undefined).map(({ name }) => name)).toEqual([]);
});
