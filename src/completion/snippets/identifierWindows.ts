/** Lines of a text that stand together. */
export interface LineWindow {
  /** Index of the first line. */
  readonly start: number;
  /** Index behind the last line. */
  readonly end: number;
}

/** The windows of a text, and which of them hold a word. */
export interface WindowIndex {
  readonly windows: readonly LineWindow[];
  /** How many different words each window holds. */
  readonly wordCounts: readonly number[];
  /** For each word the indices of the windows that hold it, ascending. */
  readonly windowsWith: ReadonlyMap<string, readonly number[]>;
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
export function indexWindows(lines: readonly string[]): WindowIndex {
  const windows: LineWindow[] = [];
  for (let start = 0; start < lines.length; start += windowStep) {
    const end = Math.min(lines.length, start + windowLines);
    windows.push({ start, end });
    if (end === lines.length) break;
  }
  const wordCounts = windows.map(() => 0);
  const windowsWith = new Map<string, number[]>();
  lines.forEach((line, at) => {
    const first = Math.max(0, Math.ceil((at + 1 - windowLines) / windowStep));
    const last = Math.min(windows.length - 1, Math.floor(at / windowStep));
    for (const word of wordsOf(line)) {
      let holders = windowsWith.get(word);
      if (!holders) windowsWith.set(word, (holders = []));
      for (let window = Math.max(first, (holders.at(-1) ?? -1) + 1); window <= last; window++) {
        holders.push(window);
        wordCounts[window]!++;
      }
    }
  });
  return { windows, wordCounts, windowsWith };
}
