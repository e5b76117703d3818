/** The quotes that VS Code's own configuration of a language closes as they are typed; brackets are closed in all of them. */
const quotesOf = new Map<string, string>([
  ...['typescript', 'typescriptreact', 'javascript', 'json', 'vue', 'svelte', 'go', 'python', 'ruby', 'perl'].map(all),
  ...['shellscript', 'swift', 'kotlin', 'restructuredtext'].map(all),
  ...['rust', 'cmake', 'tcl', 'ocaml', 'scheme'].map((id): [string, string] => [id, '"']),
  ['markdown', '`'],
]);

function all(languageId: string): [string, string] {
  return [languageId, '"\'`'];
}

const closing = new Map([
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
]);

/** VS Code closes `<` in these too. */
const angleLanguages = new Set(['markdown', 'restructuredtext']);

/** A bracket or quote of a line and what closes it there, as offsets. */
export interface ClosedPair {
  readonly open: number;
  readonly close: number;
}

/**
 * The pairs of a line that an editor would have closed: brackets, and quotes that do not follow a word character. In quotes
 * the brackets pair among themselves. Escaped characters are skipped.
 */
export function closedPairs(line: string, languageId: string): ClosedPair[] {
  const quotes = quotesOf.get(languageId) ?? '"\'';
  const pairs: ClosedPair[] = [];
  const brackets = angleLanguages.has(languageId) ? new Map([...closing, ['<', '>']]) : closing;
  pairWithin(0, line.length);
  return pairs;

  function pairWithin(start: number, end: number): void {
    const open: number[] = [];
    for (let i = start; i < end; i++) {
      const character = line[i]!;
      if (character === '\\') {
        i++;
      } else if (quotes.includes(character)) {
        const isBehindWord = /\w/.test(line[i - 1] ?? '');
        const close = isBehindWord && character === "'" ? undefined : closingQuote(i, end);
        if (close === undefined) continue;
        if (!isBehindWord) pairs.push({ open: i, close });
        pairWithin(i + 1, close);
        i = close;
      } else if (brackets.has(character)) {
        open.push(i);
      } else if (brackets.get(line[open.at(-1) ?? -1] ?? '') === character) {
        pairs.push({ open: open.pop()!, close: i });
      }
    }
  }

  function closingQuote(at: number, end: number): number | undefined {
    for (let i = at + 1; i < end; i++) {
      if (line[i] === '\\') i++;
      else if (line[i] === line[at]) return i;
    }
    return undefined;
  }
}

/** The closers that stand behind a caret in the line, innermost first. */
export function closersAt(line: string, pairs: readonly ClosedPair[], column: number): string {
  return pairs
    .filter(({ open, close }) => open < column && column <= close)
    .sort((a, b) => a.close - b.close)
    .map(({ close }) => line[close]!)
    .join('');
}
