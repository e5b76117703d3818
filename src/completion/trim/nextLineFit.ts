import { scanBrackets } from '../../text/bracketScan';
import { commentSyntaxOf } from '../../text/commentSyntax';
import { firstLineOf, isBlank, lastLineOf, linesOf } from '../../text/lines';

/** A next line that goes on with an expression: a member access, a condition, a boolean operator; no `.field = value`. */
const continuesExpression = /^\s*(?:\?\.|\.\w+(?!\w|\s*=[^=>])|\?\s|&&|\|\|)/;
/** Languages in which a line that starts with `.name` is a selector or a class of its own. */
const selectorLanguages = new Set(['css', 'scss', 'less', 'sass', 'stylus', 'postcss', 'html', 'svg']);
/** Languages in which an expression may start with `.name`: enum members, fields of initializers. */
const leadingDotLanguages = new Set(['swift', 'zig', 'c', 'cpp', 'objective-c', 'objective-cpp', 'cuda-cpp', 'dart']);
/** Languages whose brackets hold words up to any line, with nothing that says at a line's end that they go on. */
const wordListLanguages = new Set(['cmake', 'shellscript', 'makefile', 'tcl', 'lisp', 'scheme', 'clojure', 'racket']);
const startsWithCloser = /^\s*[)\]}]/;
const danglingOperator = /\s*(?:&&|\|\||(?<!\+)\+)$/;
/** An end after which a bracket's content goes on in the next line. */
const openEnd = /(?:[([{,:=+&|?;\\<]|[=-]>|\b(?:in|do|then|of|and|or|return))\s*$/;

/**
 * Cuts a completion of one line to what the next line of the document leaves possible:
 * 1. Before a deeper line that goes on with `.name`, `?`, `&&` or `||`, no `;` or `,` ends the line; neither inside a chain
 *    of such lines.
 * 2. Before a line that starts with a closing bracket, no operator ends it.
 * 3. Where deeper lines follow that a closing bracket ends at the depth of the caret's line, its opener is on the caret's
 *    line: the completion is cut behind the last opener that leaves open what is closed there.
 */
export function fitToNextLine(text: string, prefix: string, suffix: string, languageId?: string): string {
  if (/[\r\n]/.test(text) || !isBlank(firstLineOf(suffix))) return text;
  const following = linesOf(suffix)
    .slice(1)
    .map((line) => line.text);
  const next = following.find((line) => !isBlank(line));
  if (next === undefined) return text;
  const before = lastLineOf(prefix);
  if (continuesExpression.test(next)) {
    return next === following[0] ? text.replace(statementEndBefore(next, before + text, languageId), '') : text;
  }
  if (startsWithCloser.test(next)) return text.replace(danglingOperator, '');
  if (languageId !== undefined && wordListLanguages.has(languageId)) return text;
  return cutBehindOpener(text, before, following, languageId);
}

/** What cannot end a line whose expression the next line goes on with. */
function statementEndBefore(next: string, line: string, languageId: string | undefined): RegExp {
  const nothing = /(?!)/;
  if (languageId !== undefined && selectorLanguages.has(languageId)) return nothing;
  const isDeeper = indentationOf(next) > indentationOf(line);
  if (languageId !== undefined && leadingDotLanguages.has(languageId)) return isDeeper ? /\s*;$/ : nothing;
  const isInChain = continuesExpression.test(line) && indentationOf(next) === indentationOf(line);
  return isDeeper || isInChain ? /\s*[;,]$/ : nothing;
}

function cutBehindOpener(text: string, before: string, following: readonly string[], languageId?: string): string {
  const closed = closedAtDepth(indentationOf(before + text), following, languageId);
  if (closed.length === 0) return text;
  const matchedBy = (end: number): number => {
    const scan = scanBrackets('', before + text.slice(0, end), languageId);
    const owed = scan.owed.toReversed();
    if (scan.openQuote !== undefined) return 0;
    return owed.length <= closed.length && owed.every((mark, i) => mark === closed[i]) ? owed.length : 0;
  };
  if (matchedBy(text.length) > 0 && openEnd.test(withoutComment(before + text, languageId))) return text;
  let best = { end: text.length, matched: matchedBy(text.length) };
  for (const { index } of text.matchAll(/[([{]/g)) {
    const matched = matchedBy(index + 1);
    if (matched > 0 && matched >= best.matched) best = { end: index + 1, matched };
  }
  return text.slice(0, best.end);
}

/** A line up to its comment; a mark inside a string is not told from one outside. */
function withoutComment(line: string, languageId: string | undefined): string {
  const { line: mark, block } = commentSyntaxOf(languageId) ?? {};
  const marks = [mark, block?.[0]].filter((each) => each !== undefined);
  const starts = marks.map((each) => line.indexOf(` ${each}`)).filter((index) => index >= 0);
  return starts.length === 0 ? line : line.slice(0, Math.min(...starts));
}

/**
 * The closing brackets, innermost first, of the line that ends the deeper lines behind the caret, as far as it starts with
 * them and nothing in the deeper lines opened them; none where no deeper line follows.
 */
function closedAtDepth(depth: number, following: readonly string[], languageId?: string): string[] {
  const end = following.findIndex((line) => !isBlank(line) && indentationOf(line) <= depth);
  if (end < 0 || following.slice(0, end).every(isBlank) || indentationOf(following[end]!) < depth) return [];
  const closers = /^[\s)\]}]*/.exec(following[end]!)![0];
  const { closers: found } = scanBrackets('', [...following.slice(0, end), closers].join('\n'), languageId);
  return found.filter(({ opener }) => opener === 'none').map(({ mark }) => mark);
}

function indentationOf(line: string): number {
  return line.search(/\S|$/);
}
