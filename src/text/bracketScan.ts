import { commentSyntaxOf } from './commentSyntax';
import { opensString } from './stringStart';

/** A bracket or quote of the scanned text that closes something. */
export interface Closer {
  /** `)`, `]`, `}`, or the quote mark(s) of the string that ends here. */
  readonly mark: string;
  /** Offset in the scanned text. */
  readonly index: number;
  /** Where its opener stands: at this offset of the text, in the prefix, or nowhere. */
  readonly opener: number | 'prefix' | 'none';
}

/** The brackets of a text that continues a prefix. */
export interface BracketScan {
  readonly closers: readonly Closer[];
  /** The closing brackets that are owed where the text starts, innermost last. */
  readonly owedBefore: readonly string[];
  /** The closing brackets that are still owed at the end, innermost last. */
  readonly owed: readonly string[];
  /** The quote mark(s) of the string that is still open at the end. */
  readonly openQuote: string | undefined;
  /** Where the text opens the first bracket, or string over lines, that is still open at the end. */
  readonly openedAt: number | undefined;
  /** Whether the end is in a comment. */
  readonly isInComment: boolean;
  /** Whether only the end of the prefix was read, so that an opener may lie before it. */
  readonly isPrefixCut: boolean;
}

/** How much of the prefix is read, and of a suffix that is scanned, in UTF-16 units: enough for the statement and its blocks, and well under 1 ms. */
export const scanWindow = 8_000;
const closing = new Map([
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
]);
const closingMarks = new Set(closing.values());
/** 1 for the ASCII characters that mean nothing here: words and spaces, but for the R of the comment mark `REM`. */
const isPlain = Uint8Array.from({ length: 128 }, (_, code) =>
  Number(/[A-QS-Za-z0-9_ \t]/.test(String.fromCharCode(code))),
);
/** Languages in which an apostrophe of the text is no quote; in a tag it rarely holds brackets. */
const markupLanguages = new Set(['html', 'xml']);
const regexLanguages = new Set(['javascript', 'javascriptreact', 'typescript', 'typescriptreact', 'vue', 'svelte']);
const backtickLanguages = new Set(['go', ...regexLanguages]);

/**
 * Finds the closers of `text` and what each closes, reading strings and comments lexically: quotes end at their line (triple
 * quotes and template literals do not), brackets in strings and comments do not count, an apostrophe inside a word is none.
 * Interpolated expressions count as part of their string; a mistake lasts until the line ends.
 *
 * @param readBefore how much of the prefix is read, in UTF-16 units.
 */
export function scanBrackets(prefix: string, text: string, languageId?: string, readBefore = scanWindow): BracketScan {
  const isPrefixCut = prefix.length > readBefore;
  const window = isPrefixCut ? prefix.slice(prefix.indexOf('\n', prefix.length - readBefore) + 1) : prefix;
  const source = window + text;
  const start = window.length;
  const syntax = commentSyntaxOf(languageId);
  const escape = languageId === 'powershell' ? '`' : '\\';
  const closers: Closer[] = [];
  const open: { mark: string; index: number }[] = [];
  let quote: { mark: string; index: number } | undefined;
  let commentEnd: string | undefined;
  let owedBefore: string[] | undefined;

  const close = (mark: string, index: number, openerIndex: number): void => {
    if (index < start) return;
    closers.push({ mark, index: index - start, opener: openerIndex >= start ? openerIndex - start : 'prefix' });
  };

  for (let i = 0; i < source.length; i++) {
    const code = source.charCodeAt(i);
    if (code > 127 || isPlain[code] === 1) continue;
    if (i >= start) owedBefore ??= open.map(({ mark }) => mark);
    const character = source[i]!;
    if (character === '\n' || character === '\r') {
      if (commentEnd === '\n') commentEnd = undefined;
      if (quote !== undefined && !spansLines(quote.mark)) quote = undefined;
    } else if (commentEnd !== undefined) {
      if (commentEnd !== '\n' && source.startsWith(commentEnd, i)) {
        i += commentEnd.length - 1;
        commentEnd = undefined;
      }
    } else if (quote !== undefined) {
      if (character === escape) {
        i++;
      } else if (source.startsWith(quote.mark, i)) {
        close(quote.mark, i, quote.index);
        i += quote.mark.length - 1;
        quote = undefined;
      }
    } else if (syntax?.block !== undefined && startsBlockComment(source, i, syntax.block[0])) {
      commentEnd = syntax.block[1];
      i += syntax.block[0].length - 1;
    } else if (syntax?.line !== undefined && startsLineComment(source, i, syntax.line)) {
      commentEnd = '\n';
    } else if (character === '/' && languageId !== undefined && regexLanguages.has(languageId)) {
      i += regexLengthAt(source, i);
    } else if (character === '"' || character === "'" || character === '`') {
      const mark = quoteAt(source, i, languageId);
      if (mark === undefined) continue;
      quote = { mark, index: i };
      i += mark.length - 1;
    } else if (closing.has(character)) {
      open.push({ mark: closing.get(character)!, index: i });
    } else if (closingMarks.has(character)) {
      const top = open.at(-1);
      if (top?.mark === character) {
        open.pop();
        close(character, i, top.index);
      } else if (i < start) {
        // The prefix is the user's: close whatever fits, and skip what does not.
        const fitting = open.findLastIndex(({ mark }) => mark === character);
        if (fitting >= 0) open.length = fitting;
      } else {
        const opener = top === undefined && isPrefixCut ? 'prefix' : 'none';
        closers.push({ mark: character, index: i - start, opener });
      }
    }
  }
  const owed = open.map(({ mark }) => mark);
  const openString = quote !== undefined && spansLines(quote.mark) ? quote.index : -1;
  const ownOpener = open.find(({ index }) => index >= start)?.index ?? openString;
  return {
    closers,
    owedBefore: owedBefore ?? owed,
    owed,
    openQuote: quote?.mark,
    openedAt: ownOpener >= start ? ownOpener - start : undefined,
    isInComment: commentEnd !== undefined,
    isPrefixCut,
  };
}

/** Whether a string with these quotes goes on behind its line. */
function spansLines(quotes: string): boolean {
  return quotes.length > 1 || quotes === '`';
}

/**
 * `#` and words such as `REM` only start a comment after white space (not in `$#`, `${#a}`, `#fff`), and an escaped mark
 * (`50\\%`) or that of an address (`http://`) never does.
 */
function startsLineComment(source: string, index: number, mark: string): boolean {
  if (!source.startsWith(mark, index)) return false;
  const before = source[index - 1];
  if (mark === '//' && before === ':') return /(?:^|\s)\w+:$/.test(source.slice(Math.max(0, index - 12), index));
  if (mark !== '#' && !/^\w/.test(mark)) return before !== '\\';
  return before === undefined || /\s/.test(before);
}

/** Marks that are words, such as Ruby's `=begin`, start a comment at the beginning of a line only. */
function startsBlockComment(source: string, index: number, mark: string): boolean {
  if (!source.startsWith(mark, index)) return false;
  return !/\w$/.test(mark) || index === 0 || /[\r\n]/.test(source[index - 1]!);
}

/** One less than the length of the regular expression literal that starts here; 0 where the slash divides. */
function regexLengthAt(source: string, index: number): number {
  if (!/(?:^|[(,=:[!&|?{};]|\breturn|=>)\s*$/.test(source.slice(Math.max(0, index - 16), index))) return 0;
  const literal = /^\/(?:\\.|\[(?:\\.|[^\]\\\r\n])*\]|[^/\\[\r\n])+\//.exec(source.slice(index, index + 500));
  return literal === null ? 0 : literal[0].length - 1;
}

/** The quote mark(s) that open a string here; undefined where the character is something else. */
function quoteAt(source: string, index: number, languageId: string | undefined): string | undefined {
  const character = source[index]!;
  if (character === '`') return languageId === undefined || backtickLanguages.has(languageId) ? '`' : undefined;
  if (source.startsWith(character.repeat(3), index) && (character === '"' || languageId === 'python')) {
    return character.repeat(3);
  }
  if (character === "'" && languageId !== undefined && markupLanguages.has(languageId)) return undefined;
  return opensString(source, index, languageId) ? character : undefined;
}
