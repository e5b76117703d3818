import { type BracketScan, type Closer, scanBrackets, scanWindow } from '../../text/bracketScan';
import { firstLineOf, isBlank, lastLineOf } from '../../text/lines';
import { type CloserMatch, matchClosers } from './closerMatch';
import { matchClosingTag } from './closingTag';

/** A completion fitted to the text behind the caret. */
export interface SuffixJoin {
  readonly text: string;
  /** How many characters behind the caret the text replaces, all on the caret's line. They recur in it, in their order. */
  readonly replaceLength: number;
}

/** How far into the suffix a completion may overlap, in UTF-16 units. */
const overlapWindow = 2_000;
/** A repetition of the rest of the line is cut inside of a word from this length on. */
const shortestRest = 4;
const startsWithClosers = /^[\s)\]}'"`]*/;
const onlyClosers = /^[\s)\]}'"`;,]*$/;
/** Languages in which editors close `<` too. */
const angleLanguages = new Set(['markdown', 'restructuredtext']);
const startsWithAngles = /^[\s)\]}'"`>]*/;
const onlyAngles = /^[\s)\]}'"`>;,]*$/;

/**
 * Fits a completion to the suffix so that nothing appears twice:
 * 1. Closers behind the caret (`)`, `"`, `]`: an editor's auto-close types them) that the completion brings along are
 *    replaced by it where the rest of the line is only closers, and a `;` or `,` with them. Where more follows on the line
 *    (`) {`, `">`), the completion ends before them, and the rest of the line goes on.
 * 2. A closing tag behind the caret (`</div>`) likewise.
 * 3. The longest end of the completion that the suffix starts with is cut, line breaks of any kind being equal, unless
 *    the cut would split a word or a pair of brackets.
 */
export function removeSuffixOverlap(text: string, prefix: string, suffix: string, languageId?: string): SuffixJoin {
  const rest = firstLineOf(suffix);
  const hasAngles = languageId !== undefined && angleLanguages.has(languageId);
  const closersOfRest = (hasAngles ? startsWithAngles : startsWithClosers).exec(rest)![0];
  const isOnlyClosers = (hasAngles ? onlyAngles : onlyClosers).test(rest);
  const around = lazily(() => scanAround(text, prefix, suffix, languageId));
  let replaceLength = 0;
  if (!isBlank(closersOfRest)) {
    const match = bestMatch(text, prefix, suffix, { closersOfRest, isOnlyClosers }, languageId);
    if (match !== undefined) {
      if (!isOnlyClosers) return { text: text.slice(0, match.start), replaceLength: 0 };
      const length = match.length + repeatedSeparators(text.slice(match.end), rest.slice(match.length));
      if (!isSubsequence(rest.slice(0, length), text)) {
        // White space between the closers differs: the editor could not replace them, so the completion gives way.
        const isTail = onlyClosers.test(text.slice(match.start));
        return { text: isTail ? text.slice(0, match.start) : text, replaceLength: 0 };
      }
      replaceLength = length;
    }
  } else if (isOnlyClosers) {
    const length = repeatedSeparators(text, rest);
    if (isSubsequence(rest.slice(0, length), text)) replaceLength = length;
  } else {
    const tag = matchClosingTag(text, rest);
    if (tag !== undefined) {
      const isLast = isBlank(rest.slice(tag.length)) && isSubsequence(rest.slice(0, tag.length), text);
      return isLast ? { text, replaceLength: tag.length } : { text: text.slice(0, tag.start), replaceLength: 0 };
    }
  }
  const window = withLineFeeds(suffix.slice(replaceLength, replaceLength + overlapWindow));
  for (let cut = Math.max(0, text.length - 2 * overlapWindow); cut < text.length; cut++) {
    if (text[cut] === '\n' && text[cut - 1] === '\r') continue;
    const tail = withLineFeeds(text.slice(cut));
    if (!window.startsWith(tail)) continue;
    const isRestOfLine = tail.length >= shortestRest && tail.trimEnd() === rest.trimEnd();
    if (!isRestOfLine && (splitsWord(text, cut) || splitsWord(window, tail.length))) continue;
    if (splitsPair(around().scan, cut) || (!/\w/.test(tail) && !isWorthCutting(tail))) continue;
    return { text: text.slice(0, cut), replaceLength };
  }
  return { text, replaceLength };

  /** Punctuation alone is doubled by chance more often than words are. */
  function isWorthCutting(tail: string): boolean {
    if (replaceLength > 0) return false;
    const { scan, surplus } = around();
    if (/[)\]}]/.test(tail) && surplus === 0 && !scan.isPrefixCut) return false;
    return !tail.includes('\n') || tail.endsWith('\n') || /^(?:\n|$)/.test(window.slice(tail.length));
  }
}

/** The brackets of the text, and how many brackets the suffix closes that nothing before it opened. */
function scanAround(text: string, prefix: string, suffix: string, languageId: string | undefined) {
  const scan = scanBrackets(prefix, text, languageId);
  const before = prefix.slice(-2 * scanWindow) + text;
  const { closers } = scanBrackets(before, suffix.slice(0, scanWindow), languageId);
  return { scan, surplus: closers.filter(({ opener }) => opener === 'none').length };
}

/** Of the ways to match the closers behind the caret, the one that leaves the fewest brackets without their partner. */
function bestMatch(
  text: string,
  prefix: string,
  suffix: string,
  { closersOfRest, isOnlyClosers }: { readonly closersOfRest: string; readonly isOnlyClosers: boolean },
  languageId: string | undefined,
): CloserMatch | undefined {
  const owedAbove = closersLackingBelow(prefix, suffix, languageId);
  const matches = matchClosers(text, lastLineOf(prefix), closersOfRest, owedAbove, languageId);
  const different = matches.filter((match, i) => i === 0 || match?.length !== matches[i - 1]?.length);
  if (different.length === 1) return different[0];
  const costs = different.map((match) => {
    const end = match === undefined || isOnlyClosers ? text.length : match.start;
    const replaced = end === text.length ? (match?.length ?? 0) : 0;
    return unpairedBrackets(prefix, text.slice(0, end) + suffix.slice(replaced, replaced + scanWindow), languageId);
  });
  return different[costs.indexOf(Math.min(...costs))];
}

function unpairedBrackets(prefix: string, text: string, languageId: string | undefined): number {
  const { closers, owed, isPrefixCut } = scanBrackets(prefix, text, languageId);
  const unopened = closers.filter(isUnopened).length;
  return isPrefixCut || text.length >= scanWindow ? unopened : unopened + owed.length;
}

/**
 * The closers that brackets of earlier lines need and the suffix lacks, innermost first: with them, the rest of the line
 * closes outer brackets only.
 */
function closersLackingBelow(prefix: string, suffix: string, languageId: string | undefined): string[] {
  const lineStart = prefix.length - lastLineOf(prefix).length;
  const { owed, isPrefixCut } = scanBrackets(prefix.slice(0, lineStart), '', languageId);
  if (owed.length === 0 || isPrefixCut) return [];
  const closed = scanBrackets('', suffix.slice(0, scanWindow), languageId).closers.filter(isUnopened).length;
  return closed >= owed.length ? [] : owed.toReversed().slice(0, owed.length - closed);
}

function isUnopened({ opener }: Closer): boolean {
  return opener === 'none';
}

/** How many characters of `rest` are white space and a `;` or `,` that the text ends with too. */
function repeatedSeparators(text: string, rest: string): number {
  const separators = /^\s*([;,])/.exec(rest);
  return separators !== null && text.trimEnd().endsWith(separators[1]!) ? separators[0].length : 0;
}

function lazily<T>(compute: () => T): () => T {
  let value: T | undefined;
  return () => (value ??= compute());
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
