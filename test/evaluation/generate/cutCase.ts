import type { EvaluationCase } from '../../../src/evaluation/suite/suite';
import { caretPositions, type CaretKind, type CaretPosition } from './caretPositions';
import { headOf, siblingFiles, tailOf } from './siblingFiles';
import type { SourceFile } from './sourceFiles';
import { isDataRow, MAX_LINE_LENGTH } from './textQuality';

/** Bounds of a case in characters: about what an editor would send, and small enough for the repository. */
export const MAX_PREFIX = 6000;
export const MAX_SUFFIX = 1500;
export const MAX_OPEN_FILE = 4000;
export const MAX_OPEN_FILES = 3;

/** Share of the cases with closers after the caret; prose has none, which leaves about 15 % of a suite. */
const CLOSERS_SHARE = 0.18;
/** Share of the cases on comment lines of a source file. */
const COMMENT_SHARE = 0.15;
/** Lines that are tried in a file before it is given up. */
const TRIES = 120;
const KINDS: readonly CaretKind[] = ['indentation', 'separator', 'bracket', 'word'];

/** A case with what is needed to keep cases apart. */
export interface CutCase {
  readonly cut: Omit<EvaluationCase, 'id'>;
  readonly kind: CaretKind;
  readonly hasClosers: boolean;
  /** The line and the one before, without indentation: two cases with the same key ask for the same thing. */
  readonly key: string;
}

/**
 * Cuts one case from a file at a place that the random numbers choose.
 *
 * @param all files of the same package, for openFiles.
 * @returns undefined where no line that was tried has a place of a kind that fits.
 */
export function cutCase(file: SourceFile, all: readonly SourceFile[], random: () => number): CutCase | undefined {
  const { lines } = file;
  const wantsClosers = file.language !== 'plaintext' && random() < CLOSERS_SHARE;
  const wantsComment = !wantsClosers && random() < COMMENT_SHARE;
  const kind = pick(KINDS, random);
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const index = file.start + 1 + Math.floor(random() * (lines.length - file.start - 1));
    if (!isUsableLine(file, index) || wantsComment !== file.comments[index]) continue;
    // Not every file has every kind: the second half of the tries takes any.
    const fits = ({ closers, kind: found }: CaretPosition): boolean =>
      (closers !== '') === wantsClosers && (wantsClosers || attempt >= TRIES / 2 || found === kind);
    const positions = caretPositions(lines[index] as string, isText(file)).filter(fits);
    // The kind first: a line has many more places inside its words than after its brackets.
    const drawn = pick([...new Set(positions.map((position) => position.kind))], random);
    const caret = pick(
      positions.filter((position) => position.kind === drawn),
      random,
    );
    if (caret !== undefined) return cutAt(file, all, index, caret);
  }
  return undefined;
}

function pick<T>(values: readonly T[], random: () => number): T | undefined {
  return values[Math.floor(random() * values.length)];
}

function isText({ language }: SourceFile): boolean {
  return language === 'plaintext' || language === 'markdown';
}

function isUsableLine(file: SourceFile, index: number): boolean {
  const line = file.lines[index] as string;
  // The last line has no newline after it, so its suffix could not begin with one.
  if (index >= file.lines.length - 1 || line.trim() === '' || line !== line.trimEnd() || line.length > MAX_LINE_LENGTH)
    return false;
  if (file.language === 'plaintext') return isProse(line);
  return !isDataRow(file.lines, index);
}

/** A line of running text in reStructuredText: no directive, no code (which is indented), no heading or table. */
function isProse(line: string): boolean {
  return (
    /^(?:[-*] |\d+\. )?[A-Za-z"'(`]/.test(line) && !/::|[=~^-]{4}|^\.\.|>>>/.test(line) && line.split(' ').length >= 6
  );
}

function cutAt(file: SourceFile, all: readonly SourceFile[], index: number, caret: CaretPosition): CutCase {
  const { lines, language, path } = file;
  const line = lines[index] as string;
  const before = tailOf([...lines.slice(0, index), line.slice(0, caret.column)].join('\n'), MAX_PREFIX);
  const after = headOf(`${caret.closers}\n${lines.slice(index + 1).join('\n')}`, MAX_SUFFIX);
  const openFiles = siblingFiles(file, all, MAX_OPEN_FILES, MAX_OPEN_FILE);
  return {
    cut: { path, language, prefix: before, suffix: after, expected: caret.expected, openFiles },
    kind: caret.kind,
    hasClosers: caret.closers !== '',
    key: `${lines[index - 1]?.trim()}\n${line.trim()}`,
  };
}
