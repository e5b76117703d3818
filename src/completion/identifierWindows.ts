/** Lines of a text that stand together, with the words they hold. */
export interface IdentifierWindow {
  /** Index of the first line. */
  readonly start: number;
  /** Index behind the last line. */
  readonly end: number;
  readonly words: ReadonlySet<string>;
}

/** As long as a short function: shorter windows lose what belongs together, longer ones spend the budget on the rest. */
export const windowLines = 16;
/** A window starts at every fourth line. */
const windowStep = 4;

const identifier = /[\p{L}_$][\p{L}\p{N}_$]*/gu;
const partBreak = /_+|(?<=[\p{Ll}\p{N}])(?=\p{Lu})/u;

/**
 * The identifiers of a line, and in lower case the words that they are made of, behind a `~`: `parseHeader` and
 * `header_size` have `~header` in common.
 */
export function wordsOf(line: string): string[] {
  const words: string[] = [];
  for (const [name] of line.matchAll(identifier)) {
    if (name.length < 2) continue;
    words.push(name);
    for (const part of name.split(partBreak)) if (part.length > 2) words.push(`~${part.toLowerCase()}`);
  }
  return words;
}

/** Overlapping windows over all lines; one that holds all where there are fewer. */
export function windowsOf(lines: readonly string[]): IdentifierWindow[] {
  const words = lines.map(wordsOf);
  const windows: IdentifierWindow[] = [];
  for (let start = 0; start < lines.length; start += windowStep) {
    const end = Math.min(lines.length, start + windowLines);
    windows.push({ start, end, words: new Set(words.slice(start, end).flat()) });
    if (end === lines.length) break;
  }
  return windows;
}
