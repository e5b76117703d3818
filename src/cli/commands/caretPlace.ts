import { usageError } from '../cliError';
import { formatCount } from '../../text/formatNumber';
import { escapeControls } from '../terminal/terminalText';

/** Where a completion is asked for; line and column count from 1, columns in UTF-16 code units as editors do. */
export interface CaretPlace {
  readonly path: string;
  readonly line: number;
  readonly column: number;
}

export interface SplitText {
  readonly prefix: string;
  readonly suffix: string;
}

/** Takes FILE:LINE:COLUMN apart from the right, so that a drive letter's colon stays in the path. */
export function parseCaretPlace(argument: string): CaretPlace {
  const match = /^(.+):(\d+):(\d+)$/su.exec(argument);
  if (!match) {
    throw usageError(
      `"${escapeControls(argument)}" is no place in a file; give FILE:LINE:COLUMN, such as src/app.ts:12:5, or - for standard input.`,
    );
  }
  const [, path = '', line = '', column = ''] = match;
  return { path, line: placeNumber('Line', line), column: placeNumber('Column', column) };
}

/** Larger numbers would be printed in another way than they were given (`1e+23`). */
function placeNumber(name: string, digits: string): number {
  const number = Number(digits);
  if (Number.isSafeInteger(number)) return number;
  const shown = digits.length > 30 ? `${digits.slice(0, 30)}…` : digits;
  throw usageError(`${name} ${shown} is out of range: no file is that large. Lines and columns are counted from 1.`);
}

/**
 * Splits a text at a caret. Lines end at \n, \r\n or \r; the column may be one past the last character.
 * @throws CliError that says how many lines or columns there are, or that the caret is inside a character.
 */
export function splitAtCaret(text: string, place: CaretPlace): SplitText {
  const name = escapeControls(place.path);
  const { start, lines } = lineStart(text, place.line);
  if (start === undefined) {
    throw usageError(`Line ${place.line} is out of range: ${name} has ${formatCount(lines, 'line')}, counted from 1.`);
  }
  const columns = lineLength(text, start) + 1;
  if (place.column < 1 || place.column > columns) {
    throw usageError(
      `Column ${place.column} is out of range: line ${place.line} of ${name} has columns 1 to ${columns.toLocaleString('en-US')}.`,
    );
  }
  const offset = start + place.column - 1;
  if (isInsideSurrogatePair(text, offset)) {
    throw usageError(
      `Column ${place.column} of line ${place.line} is in the middle of a character; give ${place.column - 1} or ${place.column + 1}.`,
    );
  }
  return { prefix: text.slice(0, offset), suffix: text.slice(offset) };
}

function lineStart(text: string, line: number): { start: number | undefined; lines: number } {
  const lineBreak = /\r\n|\r|\n/g;
  let start = 0;
  let lines = 1;
  while (lines !== line && lineBreak.exec(text)) {
    start = lineBreak.lastIndex;
    lines++;
  }
  return { start: lines === line ? start : undefined, lines };
}

function lineLength(text: string, start: number): number {
  const lineBreak = /[\r\n]/g;
  lineBreak.lastIndex = start;
  return (lineBreak.exec(text)?.index ?? text.length) - start;
}

function isInsideSurrogatePair(text: string, offset: number): boolean {
  return /[\uD800-\uDBFF]/.test(text.charAt(offset - 1)) && /[\uDC00-\uDFFF]/.test(text.charAt(offset));
}
