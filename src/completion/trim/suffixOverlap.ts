import { scanBrackets, scanWindow, type BracketScan } from '../../text/bracketScan';
import { firstLineOf, lastLineOf } from '../../text/lines';

/** A completion fitted to the text behind the caret. */
export interface SuffixJoin {
  readonly text: string;
  /** How many characters behind the caret the text replaces, all on the caret's line. They recur in it, in their order. */
  readonly replaceLength: number;
}

/** How far into the suffix a completion may overlap, in UTF-16 units. */
const overlapWindow = 2_000;
const onlyClosers = /^[\s)\]}'"`;,]*$/;

/**
 * Fits a completion to the suffix so that nothing appears twice:
 * 1. Where the rest of the line is only closers (`)`, `"`, `;`, ...; an editor's auto-close types them) that the completion
 *    repeats in order, it replaces them. A closer that the brackets before it still owe is no repetition.
 * 2. The longest end of the completion that the suffix starts with is cut, line breaks of any kind being equal, unless
 *    the cut would split a word or a pair of brackets.
 */
export function removeSuffixOverlap(text: string, prefix: string, suffix: string, languageId?: string): SuffixJoin {
  const scan = scanAtCaret(prefix, text, languageId);
  const rest = firstLineOf(suffix);
  const surplus = surplusClosers(prefix.slice(-2 * scanWindow) + text, suffix, languageId);
  const repeated = onlyClosers.test(rest) ? repeatedClosers(text, rest, scan, surplus) : undefined;
  if (repeated !== undefined && !isSubsequence(rest.slice(0, repeated.length), text)) {
    // White space between the closers differs: the editor could not replace them, so the completion gives way.
    const isTail = onlyClosers.test(text.slice(repeated.start));
    return { text: isTail ? text.slice(0, repeated.start) : text, replaceLength: 0 };
  }
  const replaceLength = repeated?.length ?? 0;
  const window = withLineFeeds(suffix.slice(replaceLength, replaceLength + overlapWindow));
  for (let cut = Math.max(0, text.length - 2 * overlapWindow); cut < text.length; cut++) {
    if (text[cut] === '\n' && text[cut - 1] === '\r') continue;
    const tail = withLineFeeds(text.slice(cut));
    if (!window.startsWith(tail) || splitsWord(text, cut) || splitsWord(window, tail.length)) continue;
    if (splitsPair(scan, cut) || (!/\w/.test(tail) && !isWorthCutting(tail))) continue;
    return { text: text.slice(0, cut), replaceLength };
  }
  return { text, replaceLength };

  /** Punctuation alone is doubled by chance more often than words are. */
  function isWorthCutting(tail: string): boolean {
    if (replaceLength > 0) return false;
    if (/[)\]}]/.test(tail) && surplus === 0 && !scan.isPrefixCut) return false;
    return !tail.includes('\n') || tail.endsWith('\n') || /^(?:\n|$)/.test(window.slice(tail.length));
  }
}

/**
 * The brackets of the text; where it stands in a comment or a long string, those of the caret's line as plain text. Editors
 * close brackets there too, and a prefix that begins inside a docstring makes all code behind it look like one.
 */
function scanAtCaret(prefix: string, text: string, languageId: string | undefined): BracketScan {
  const scan = scanBrackets(prefix, text, languageId);
  if (scan.closers.length > 0 || !/[)\]}]/.test(text)) return scan;
  return scanBrackets(lastLineOf(prefix), text, 'plaintext');
}

/**
 * How many characters of `rest` the text repeats in order, and where in the text the repetition starts; undefined for none.
 */
function repeatedClosers(
  text: string,
  rest: string,
  scan: BracketScan,
  surplusOfSuffix: number,
): { length: number; start: number } | undefined {
  const candidates = scan.closers.filter(({ opener }) => typeof opener !== 'number');
  const end = text.trimEnd().length;
  let surplus = Math.max(surplusOfSuffix, surplusOfLine(rest, scan));
  let length = 0;
  let start = -1;
  let position = 0;
  for (let i = 0; i < rest.length; i++) {
    const mark = rest[i]!;
    if (/\s/.test(mark)) continue;
    let index: number;
    if (mark === ';' || mark === ',') {
      index = end > position && text[end - 1] === mark ? end - 1 : -1;
    } else {
      if (surplus-- === 0) break;
      index = candidates.find((closer) => closer.index >= position && closer.mark === mark)?.index ?? -1;
    }
    if (index < 0) break;
    if (start < 0) start = index;
    position = index + 1;
    length = i + 1;
  }
  return start < 0 ? undefined : { length, start };
}

/** How many closers the rest of the line has beyond those that the text before it still owes. */
function surplusOfLine(rest: string, scan: BracketScan): number {
  const owed = scan.openQuote === undefined ? [...scan.owed] : [...scan.owed, scan.openQuote];
  let surplus = 0;
  for (const mark of rest.replace(/[\s;,]/g, '')) {
    if (owed.at(-1) === mark) owed.pop();
    else surplus++;
  }
  return surplus;
}

/**
 * How many brackets the suffix closes that nothing before it opened. Other than the rest of the line, it shows whether a
 * `}` is for an inner or for an outer block.
 */
function surplusClosers(before: string, suffix: string, languageId: string | undefined): number {
  const { closers } = scanBrackets(before, suffix.slice(0, scanWindow), languageId);
  return closers.filter(({ opener }) => opener === 'none').length;
}

function splitsWord(text: string, index: number): boolean {
  return index > 0 && index < text.length && /^\w\w$/.test(text.slice(index - 1, index + 1));
}

function splitsPair(scan: BracketScan, cut: number): boolean {
  return scan.closers.some(({ opener, index }) => typeof opener === 'number' && opener < cut && cut <= index);
}

function isSubsequence(part: string, whole: string): boolean {
  let position = 0;
  for (const character of part) {
    position = whole.indexOf(character, position) + 1;
    if (position === 0) return false;
  }
  return true;
}

function withLineFeeds(text: string): string {
  return text.replace(/\r\n?/g, '\n');
}
