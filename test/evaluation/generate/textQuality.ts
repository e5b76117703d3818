import type { Language } from './packageList';

/** Lines longer than this are no place where a person stops to type. */
export const MAX_LINE_LENGTH = 160;

const GENERATED =
  /@generated|code generated|do not edit|auto-?generated|generated (by|from|with)|sourceMappingURL=|__esModule|tslib|__webpack_require__/i;

/** Whether a text is built, minified, generated, or otherwise not written by hand in this form. */
export function isWrittenByHand(text: string): boolean {
  if (text.includes('\r') || text.includes('\uFFFD') || text.includes('\0')) return false;
  if (GENERATED.test(text.slice(0, 2000)) || /sourceMappingURL=|__esModule/.test(text)) return false;
  const lines = text.split('\n');
  if (lines.some((line) => line.length > 1000)) return false;
  const long = lines.filter((line) => line.length > MAX_LINE_LENGTH).length;
  return long / lines.length < 0.1;
}

/** Index of the first line after a licence notice in the comments at the top of a file; 0 where there is none. */
export function endOfLicenceHeader(lines: readonly string[]): number {
  let inBlock = false;
  let end = 0;
  for (const raw of lines) {
    const line = raw.trim();
    if (line.startsWith('/*')) inBlock = true;
    if (!inBlock && line !== '' && !line.startsWith('//') && !line.startsWith('#')) break;
    if (inBlock && line.includes('*/')) inBlock = false;
    end++;
  }
  return /licen[sc]e|copyright/i.test(lines.slice(0, end).join('\n')) ? end : 0;
}

/** For each line, whether it is a comment and nothing else. Docstrings of Python count as comments. */
export function commentLines(lines: readonly string[], language: Language): boolean[] {
  if (language === 'markdown' || language === 'plaintext') return lines.map(() => false);
  let block: string | undefined;
  return lines.map((raw) => {
    const line = raw.trim();
    if (block !== undefined) {
      if (line.includes(block)) block = undefined;
      return true;
    }
    if (language === 'python') {
      const quote = /^[rbuf]*("""|''')/i.exec(line)?.[1];
      if (quote === undefined) return line.startsWith('#');
      if (!line.slice(line.indexOf(quote) + 3).includes(quote)) block = quote;
      return true;
    }
    if (line.startsWith('/*')) {
      if (!line.includes('*/')) block = '*/';
      return true;
    }
    return line.startsWith('//');
  });
}

/**
 * Whether a line is a row of a table of data: eight or more plain items, or most of its eight neighbours have the same
 * form once names, numbers and strings are made equal, and that form has a literal in it.
 */
export function isDataRow(lines: readonly string[], index: number): boolean {
  const form = formOf(lines[index] ?? '');
  if (/^(?:["a0],? ?){8,}$/.test(form)) return true;
  if (!/["0]/.test(form)) return false;
  let alike = 0;
  for (let other = index - 4; other <= index + 4; other++) {
    if (other !== index && formOf(lines[other] ?? '') === form) alike++;
  }
  return alike >= 4;
}

function formOf(line: string): string {
  return line
    .trim()
    .replace(/"(\\.|[^"\\])*"|'(\\.|[^'\\])*'|`(\\.|[^`\\])*`/g, '"')
    .replace(/\/\/.*$/, '')
    .replace(/\b(0x[\da-f]+|\d[\d_.]*)\b/gi, '0')
    .replace(/[A-Za-z_]\w*/g, 'a')
    .replace(/-0/g, '0')
    .trim();
}
