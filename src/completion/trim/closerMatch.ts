import { opensString } from '../../text/stringStart';

/** Closers behind the caret that a text brings along too. */
export interface CloserMatch {
  /** Up to which character of the text behind the caret the closers recur. */
  readonly length: number;
  /** Where in the text the first of them stands, and where the last one ends. */
  readonly start: number;
  readonly end: number;
}

const closing = new Map([
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
]);
const closingWithAngles = new Map([...closing, ['<', '>']]);
const quotes = '"\'`';

/**
 * Finds the closers that start the text behind the caret, in their order, in a completion that brings them along. What
 * each of them closes is read from the caret's line, and in strings and comments as in code, because editors close
 * brackets and quotes there too. A bracket or quote that the completion opens itself is passed over with its closer.
 *
 * Where the line opens more than stands behind the caret (`f(g(a` before `)`), the closers may be those of the inner or of
 * the outer brackets: there is a match for each, those of the inner ones first; undefined for a reading without a match.
 *
 * @param before the line before the caret.
 * @param rest closers and white space behind the caret.
 * @param owedAbove closers for brackets of earlier lines, innermost first, that the text behind the caret may lack.
 */
export function matchClosers(
  text: string,
  before: string,
  rest: string,
  owedAbove: readonly string[],
  languageId?: string,
): (CloserMatch | undefined)[] {
  const marks = Array.from(rest.matchAll(/\S/g), ({ 0: mark, index }) => ({ mark, index }));
  const wanted = marks.map(({ mark }) => mark);
  return owedBefore(before, wanted, owedAbove, languageId).map((owed) => {
    const places = placesOf(owed, wanted, text, languageId).slice(owed.length);
    if (places.length === 0) return undefined;
    const length = marks[places.length - 1]!.index + 1;
    return { length, start: places[0]!, end: places.at(-1)! + 1 };
  });
}

/** The closers that the line may need before the ones that stand behind the caret, innermost first; the readings. */
function owedBefore(
  before: string,
  wanted: readonly string[],
  owedAbove: readonly string[],
  languageId: string | undefined,
): string[][] {
  // A quote that no closer answers was none: an apostrophe, or one that the editor did not close.
  const paired = Array.from(quotes).filter((quote) => wanted.includes(quote));
  const brackets = bracketsFor(wanted);
  let owed = openMarks(before, quotes, brackets, languageId);
  if (owed.some((mark) => quotes.includes(mark) && !wanted.includes(mark))) {
    owed = openMarks(before, paired.join(''), brackets, languageId);
  }
  // Every bracket of the line has its closer behind the caret.
  if (owed.length === wanted.length && owed.every((mark, i) => mark === wanted[i])) return [[]];
  const readings: string[][] = [];
  for (let first = 0; first < owed.length; first++) {
    const shared = Math.min(owed.length - first, wanted.length);
    if (wanted.slice(0, shared).every((mark, i) => mark === owed[first + i])) readings.push(owed.slice(0, first));
  }
  if (readings.length === 0) readings.push(owed);
  if (owedAbove.length > 0 && wanted.length + readings.at(-1)!.length > owed.length) {
    readings.push([...owed, ...owedAbove]);
  }
  return readings;
}

/** Angle brackets are some only where one is to be matched. */
function bracketsFor(wanted: readonly string[]): ReadonlyMap<string, string> {
  return wanted.includes('>') ? closingWithAngles : closing;
}

/** The closers of what is open at the end of a line, innermost first. Brackets of a string count as long as it is open. */
function openMarks(
  line: string,
  usedQuotes: string,
  brackets: ReadonlyMap<string, string>,
  languageId: string | undefined,
): string[] {
  const open: string[] = [];
  for (let i = 0; i < line.length; i++) {
    const character = line[i]!;
    if (character === '\\') {
      i++;
    } else if (usedQuotes.includes(character)) {
      const opened = open.lastIndexOf(character);
      if (opened >= 0) open.length = opened;
      else if (opensString(line, i, languageId)) open.push(character);
    } else if (brackets.has(character)) {
      open.push(brackets.get(character)!);
    } else if (open.at(-1) === character) {
      open.pop();
    }
  }
  return open.reverse();
}

/** Where the text closes each of the marks, as far as it does: the owed ones, then the wanted ones. */
function placesOf(
  owed: readonly string[],
  wanted: readonly string[],
  text: string,
  languageId: string | undefined,
): number[] {
  const marks = [...owed, ...wanted];
  const brackets = bracketsFor(wanted);
  const places: number[] = [];
  let nested: string[] = [];
  for (let i = 0; i < text.length && places.length < marks.length; i++) {
    const character = text[i]!;
    const expected = marks[places.length]!;
    const isQuote = quotes.includes(character);
    if (character === '\\') {
      i++;
    } else if (character === expected && (nested.length === 0 || isQuote)) {
      places.push(i);
      nested = [];
    } else if (isQuote && endsString(character)) {
      // The string around the caret ends before its brackets do: these were no code.
      const ended = marks.indexOf(character, places.length);
      while (places.length <= ended) places.push(i);
      nested = [];
    } else if (isQuote) {
      const end = opensString(text, i, languageId) ? stringEnd(text, i) : undefined;
      const leavesString = end !== undefined && quotes.includes(expected) && text.slice(i, end).includes(expected);
      if (end !== undefined && !leavesString) i = end;
      else if (marks.includes(character, places.length)) break;
    } else if (brackets.has(character)) {
      nested.push(brackets.get(character)!);
    } else if (nested.at(-1) === character) {
      nested.pop();
    }
  }
  return places;

  /** Whether only brackets that the text need not close stand before the end of this string. */
  function endsString(quote: string): boolean {
    const index = marks.indexOf(quote, places.length);
    return index >= 0 && index <= owed.length;
  }
}

/** Where the quote at `start` ends its string: on its line, or anywhere for a template literal. */
function stringEnd(text: string, start: number): number | undefined {
  const quote = text[start]!;
  for (let i = start + 1; i < text.length; i++) {
    const character = text[i]!;
    if (character === '\\') i++;
    else if (character === quote) return i;
    else if ((character === '\n' || character === '\r') && quote !== '`') return undefined;
  }
  return undefined;
}
