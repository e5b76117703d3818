import { scanBrackets } from '../../text/bracketScan';
import { firstLineOf, isBlank, lastLineOf, linesOf } from '../../text/lines';

/** A next line that goes on with an expression: a member access, a condition, a boolean operator. */
const continuesExpression = /^\s*(?:\?\.|\.\w|\?\s|&&|\|\|)/;
const statementEnd = /\s*[;,]$/;
const startsWithCloser = /^\s*[)\]}]/;
const danglingOperator = /\s*(?:&&|\|\||\+)$/;
/** An end after which a bracket's content goes on in the next line. */
const openEnd = /(?:[([{,:=+&|?]|=>)\s*$/;

/**
 * Cuts a completion of one line to what the next line of the document leaves possible:
 * 1. Before a line that goes on with `.name`, `?`, `&&` or `||`, no `;` or `,` ends the line.
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
  if (continuesExpression.test(next)) return text.replace(statementEnd, '');
  if (startsWithCloser.test(next)) return text.replace(danglingOperator, '');
  return cutBehindOpener(text, lastLineOf(prefix), following, languageId);
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
  if (matchedBy(text.length) > 0 && openEnd.test(text)) return text;
  let best = { end: text.length, matched: matchedBy(text.length) };
  for (const { index } of text.matchAll(/[([{]/g)) {
    const matched = matchedBy(index + 1);
    if (matched > 0 && matched >= best.matched) best = { end: index + 1, matched };
  }
  return text.slice(0, best.end);
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
