import { indentationOf } from '../../text/blockEnd';
import { scanBrackets, scanWindow } from '../../text/bracketScan';
import { isClosingLine } from '../../text/closingLine';
import { firstLineOf, isBlank, linesOf, textBeforeLine } from '../../text/lines';

const bracket = /^[)\]}]/;
/** The end of a block whose lines are no deeper than itself. */
const closesNamespace = /^\s*\}\s*\/[/*].*(?:namespace|extern)/;
/** A line behind which deeper lines are its block. */
const opener = /(?:[{([:]|=>|->|\b(?:do|then|begin|else)(?:\s*\|[^|]*\|)?)$/;

/**
 * Cuts a completion before a line that closes what the next line of the document closes already (`}`, `});`, `end`,
 * `</div>`). For brackets this is told by the brackets: all that are owed before the line have their closers behind the
 * caret. Elsewhere it is told by the indentation: the next line stands as deep as the line that opened the innermost block.
 */
export function cutDoubledClosingLine(text: string, prefix: string, suffix: string, languageId?: string): string {
  if (!isBlank(firstLineOf(suffix))) return text;
  const next = linesOf(suffix.slice(0, scanWindow)).find(({ text: line }) => !isBlank(line));
  if (next === undefined) return text;
  const token = closingToken(next.text);
  if (token === undefined) return text;
  const lines = linesOf(text);
  const above = linesOf(prefix.slice(-scanWindow)).map((line) => line.text);
  const whole = [...above.slice(0, -1), above.at(-1)! + lines[0]!.text, ...lines.slice(1).map((line) => line.text)];
  for (const [index, line] of lines.entries()) {
    const place = above.length - 1 + index;
    // A closer that the user typed stays.
    if (isBlank(line.text) || (index === 0 && !isBlank(above.at(-1)!))) continue;
    if (closingToken(whole[place]!) !== token) continue;
    const start = line.start + (line.text.length - line.text.trimStart().length);
    const isLast = isBlank(text.slice(line.start + line.text.length));
    // Conditions of a preprocessor stand at the margin however deep they are.
    const isEqualDepthEnough = isLast && !/end\w/.test(token);
    const lineAt = { closer: whole[place]!, next: next.text, above: whole.slice(0, place), isEqualDepthEnough };
    const byPairs = bracket.test(token)
      ? isClosedBelow(text, start, prefix, suffix, languageId)
      : isEndedBelow(token, lineAt.above, suffix);
    if (isDoubledByDepth(lineAt, byPairs)) return textBeforeLine(text, lines, index);
  }
  return text;
}

/** What a closing line closes: a bracket, a word or a tag; undefined for another line. */
function closingToken(line: string): string | undefined {
  const content = line.trim();
  if (bracket.test(content)) return content[0];
  return isClosingLine(content) ? /^\W*\w*/.exec(content)![0] : undefined;
}

/**
 * Whether the suffix closes all that is open before the bracket at `start`; undefined where the brackets cannot tell, because
 * they do not pair or the document is longer than what is read.
 */
function isClosedBelow(
  text: string,
  start: number,
  prefix: string,
  suffix: string,
  languageId: string | undefined,
): boolean | undefined {
  if (suffix.length > scanWindow) return undefined;
  const { closers, owedBefore, owed, isPrefixCut } = scanBrackets(prefix, text, languageId);
  const own = closers.filter(({ mark }) => bracket.test(mark));
  const first = own.findIndex(({ index }) => index >= start);
  if (isPrefixCut || first < 0 || own[first]!.opener === 'none') return undefined;
  if (own[first]!.opener !== 'prefix') return false;
  const closedBefore = own.slice(0, first).filter(({ opener: by }) => by === 'prefix').length;
  const open = owedBefore.toReversed().slice(closedBefore).join('');
  const below = scanBrackets('', suffix, languageId)
    .closers.filter(({ opener: by }) => by === 'none')
    .map(({ mark }) => mark)
    .join('');
  // A document that comes out even with the whole completion keeps it.
  if (below === owed.toReversed().join('')) return false;
  return below === open ? true : undefined;
}

/**
 * Whether the suffix ends all blocks of a word that are open: `endif` for `if`, with or without marks around it (`#endif`,
 * `{% endif %}`, `endif()`); undefined where the words do not tell.
 */
function isEndedBelow(token: string, above: readonly string[], suffix: string): boolean | undefined {
  const word = /^\W*end(\w+)$/i.exec(token)?.[1];
  if (word === undefined) return undefined;
  const marks = token.includes('#') ? '#[ \\t]*' : '';
  const steps = new RegExp(`(?:^[ \\t]*${marks}|\\{%[-+]?[ \\t]*)(?:(${word}\\w*)|end${word}\\w*)\\b`, 'gim');
  let open = 0;
  for (const [, begins] of above.join('\n').matchAll(steps)) open = begins ? open + 1 : Math.max(0, open - 1);
  let balance = 0;
  let ended = 0;
  for (const [, begins] of suffix.slice(0, scanWindow).matchAll(steps)) {
    balance += begins ? -1 : 1;
    ended = Math.max(ended, balance);
  }
  return ended >= open ? true : undefined;
}

/** A closing line of a completion, and the closing line of the document that follows it. */
interface ClosingLines {
  readonly closer: string;
  readonly next: string;
  readonly above: readonly string[];
  /** Whether two closing lines of the same depth close the same block. */
  readonly isEqualDepthEnough: boolean;
}

/**
 * Whether the next line closes the innermost block behind the lines above: it stands as deep as the line that opened that
 * block, or as deep as the completion's own. A completion's line that stands as deep as the opener while the next line
 * does not closes its block rightly, whatever the pairs say.
 */
function isDoubledByDepth(
  { closer, next, above: lines, isEqualDepthEnough }: ClosingLines,
  byPairs: boolean | undefined,
): boolean {
  const above = lines.filter((line) => !isBlank(line));
  const last = above.at(-1);
  if (last === undefined) return byPairs ?? false;
  const tabSize = tabSizeOf(lines);
  const depth = indentationOf(next, tabSize);
  const ownDepth = indentationOf(closer, tabSize);
  let opening: string | undefined = last;
  if (!opener.test(last.trimEnd())) opening = lineAround(last);
  // A clause (`{ok, X} ->`, `start)`) has no closing line of its own.
  while (opening !== undefined && isClause(opening, closer)) opening = lineAround(opening);
  const openingDepth = opening === undefined ? undefined : indentationOf(opening, tabSize);
  if (closesNamespace.test(next)) return byPairs ?? false;
  if (byPairs !== undefined) return byPairs && !(openingDepth === ownDepth && depth < ownDepth);
  return openingDepth === depth || (isEqualDepthEnough && ownDepth === depth);

  function lineAround(inner: string): string | undefined {
    const innerDepth = indentationOf(inner, tabSize);
    return above.slice(0, above.lastIndexOf(inner)).findLast((line) => indentationOf(line, tabSize) < innerDepth);
  }
}

function isClause(line: string, closer: string): boolean {
  if (/^\s*esac\b/.test(closer)) return /\)\s*$/.test(line);
  return /^\s*end\b/.test(closer) && /->\s*$/.test(line) && !/\bfu?n\b/.test(line);
}

/** Editors that fill eight columns with a tab leave four spaces and a tab with four spaces in one text. */
function tabSizeOf(lines: readonly string[]): number {
  const isMixed = lines.some((line) => /^ {4}\S/.test(line)) && lines.some((line) => /^\t {4}\S/.test(line));
  return isMixed ? 8 : 4;
}
