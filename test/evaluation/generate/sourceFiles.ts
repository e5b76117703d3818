import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { LANGUAGE_FILES, type Language, type PackageEntry } from './packageList';
import { commentLines, endOfLicenceHeader, isWrittenByHand } from './textQuality';

/** A file of a package that cases may be cut from, or that may be open beside one. */
export interface SourceFile {
  /** Relative to the root of the package, with forward slashes. */
  readonly path: string;
  readonly language: Language;
  readonly lines: readonly string[];
  /** Index of the first line after a licence notice at the top. */
  readonly start: number;
  /** Per line, whether it is a comment and nothing else. */
  readonly comments: readonly boolean[];
}

const NOT_SOURCE =
  /(^|\/)(node_modules|vendor|third_party|dist|build|locales?|fixtures?|testdata|tests?|__tests__|examples?\/models|benches|benchmarks?|announce|whatsnew)\/|\.min\.|\.d\.ts$|_test\.go$|[._](test|spec)\.|(^|\/)(changelog|changes|history|licen[sc]e|authors|contributors|code_of_conduct|whatsnew)[^/]*$|_pb2?\.|\.pb\.go$/i;
const MIN_LINES = 25;
const MAX_BYTES = 200_000;

/**
 * The files of an unpacked package that are written by hand in a language of the list and not found in seen, in the
 * order of their paths.
 *
 * @param root folder of the package.
 * @param seen digests of files already taken; the taken ones are added, so that a copy in a second package is left out.
 */
export async function sourceFiles(entry: PackageEntry, root: string, seen: Set<string>): Promise<SourceFile[]> {
  const paths = (await readdir(root, { recursive: true })).map((path) => path.split(sep).join('/')).sort();
  const files: SourceFile[] = [];
  for (const published of paths) {
    const full = join(root, published);
    // Documentation built by Sphinx carries its sources as NAME.rst.txt.
    const path = published.replace(/\.rst\.txt$/, '.rst');
    const language = languageOf(entry, path);
    if (language === undefined || NOT_SOURCE.test(path)) continue;
    const { size, isFile } = await statOf(full);
    if (!isFile || size > MAX_BYTES) continue;
    const text = decode(await readFile(full));
    if (text === undefined || !isWrittenByHand(text)) continue;
    const lines = text.split('\n');
    const digest = createHash('sha256').update(text.replace(/\s+/g, ' ')).digest('hex');
    if (lines.length < MIN_LINES || seen.has(digest)) continue;
    seen.add(digest);
    files.push({
      path,
      language,
      lines,
      start: language === 'markdown' ? 0 : endOfLicenceHeader(lines),
      comments: commentLines(lines, language),
    });
  }
  if (files.length === 0)
    throw new Error(`There is no usable file below ${relative('.', root)}; check root and take of ${entry.name}.`);
  return files;
}

async function statOf(path: string): Promise<{ size: number; isFile: boolean }> {
  const found = await stat(path);
  return { size: found.size, isFile: found.isFile() };
}

function languageOf(entry: PackageEntry, path: string): Language | undefined {
  for (const [language, starts] of Object.entries(entry.take) as [Language, string[]][]) {
    if (LANGUAGE_FILES[language].test(path) && starts.some((start) => path.startsWith(start))) return language;
  }
  return undefined;
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // Not UTF-8: left out, as the caller does with every text that is not for reading.
    return undefined;
  }
}
