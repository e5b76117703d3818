import { distance } from 'fastest-levenshtein';
import type { SourceFile } from './sourceFiles';

/** Text of a file as an editor would have it open. */
export interface OpenFile {
  readonly path: string;
  readonly text: string;
}

/** More common lines than this, as a share of all lines of both (Jaccard), and a file is a copy of the other. */
const MAX_COMMON_LINES = 0.4;

/**
 * The files of the same package that are nearest to a file: of the same language first, then by the steps between the
 * folders, then by the likeness of the names. Copies of the file itself are left out, for they hold the answer.
 *
 * @param count how many at most.
 * @param maxCharacters length of each text at most; cut after a line. A licence notice at the top is left out.
 */
export function siblingFiles(
  file: SourceFile,
  all: readonly SourceFile[],
  count: number,
  maxCharacters: number,
): OpenFile[] {
  const ranked = all
    .filter((other) => other !== file)
    .map((other) => ({ other, order: distanceBetween(file, other) }))
    .sort((a, b) => compare(a.order, b.order) || (a.other.path < b.other.path ? -1 : 1));
  const siblings: OpenFile[] = [];
  const own = new Set(file.lines.map((line) => line.trim()).filter((line) => line.length > 3));
  for (const { other } of ranked) {
    if (siblings.length === count) break;
    if (commonLines(own, other) > MAX_COMMON_LINES) continue;
    const text = headOf(other.lines.slice(other.start).join('\n').replace(/^\n+/, ''), maxCharacters);
    if (text !== '') siblings.push({ path: other.path, text });
  }
  return siblings;
}

function distanceBetween(a: SourceFile, b: SourceFile): number[] {
  const foldersA = a.path.split('/');
  const foldersB = b.path.split('/');
  const nameA = foldersA.pop() as string;
  const nameB = foldersB.pop() as string;
  let common = 0;
  while (common < foldersA.length && foldersA[common] === foldersB[common]) common++;
  const steps = foldersA.length + foldersB.length - 2 * common;
  return [a.language === b.language ? 0 : 1, steps, distance(nameA, nameB) / Math.max(nameA.length, nameB.length)];
}

function compare(a: number[], b: number[]): number {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at < 0 ? 0 : (a[at] as number) - (b[at] as number);
}

function commonLines(own: ReadonlySet<string>, other: SourceFile): number {
  const theirs = new Set(other.lines.map((line) => line.trim()).filter((line) => line.length > 3));
  let common = 0;
  for (const line of theirs) if (own.has(line)) common++;
  return common / Math.max(1, own.size + theirs.size - common);
}

/** The whole lines at the start of a text that fit. */
export function headOf(text: string, maxCharacters: number): string {
  return text.length <= maxCharacters ? text : text.slice(0, text.lastIndexOf('\n', maxCharacters - 1) + 1);
}

/** The whole lines at the end of a text that fit. */
export function tailOf(text: string, maxCharacters: number): string {
  if (text.length <= maxCharacters) return text;
  return text.slice(text.indexOf('\n', text.length - maxCharacters - 1) + 1);
}
