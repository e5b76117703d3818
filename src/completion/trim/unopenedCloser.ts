import { indentationOf } from '../../text/blockEnd';
import { scanBrackets, scanWindow } from '../../text/bracketScan';
import { isBlank, lastLineOf, linesOf } from '../../text/lines';

const openerOf = new Map([
  [')', '('],
  [']', '['],
  ['}', '{'],
]);
/** Languages whose `case` patterns end in a parenthesis that nothing opens. */
const casePatternLanguages = new Set(['shellscript', 'makefile']);

/**
 * Cuts a completion before its first closing bracket that nothing opened: neither the completion nor the text before the
 * caret. Strings and comments are skipped as `scanBrackets` says; a bracket that its line or the line above of the
 * same depth opens, in a string or not, is no bracket too many.
 */
export function cutAtUnopenedCloser(text: string, prefix: string, languageId?: string): string {
  const { closers } = scanBrackets(prefix, text, languageId);
  const unopened = closers.find(
    ({ opener, mark, index }) =>
      opener === 'none' &&
      !(mark === ')' && languageId !== undefined && casePatternLanguages.has(languageId)) &&
      !isOpenNearby(prefix + text.slice(0, index), mark),
  );
  return unopened === undefined ? text : text.slice(0, unopened.index);
}

/**
 * Whether the closer's line opens it, or, where the closer begins its line, the line above that stands as deep: what was
 * read wrong further up does not matter then.
 */
function isOpenNearby(before: string, closer: string): boolean {
  const line = lastLineOf(before);
  if (isOpenInLine(line, closer)) return true;
  if (!isBlank(line)) return false;
  const above = linesOf(before.slice(-scanWindow)).slice(0, -1);
  const opening = above.findLast(({ text }) => !isBlank(text) && indentationOf(text) <= indentationOf(line));
  return (
    opening !== undefined && indentationOf(opening.text) === indentationOf(line) && isOpenInLine(opening.text, closer)
  );
}

/** Whether the line has more openers than closers of a kind. */
function isOpenInLine(line: string, closer: string): boolean {
  let open = 0;
  for (const character of line) {
    if (character === openerOf.get(closer)) open++;
    else if (character === closer && open > 0) open--;
  }
  return open > 0;
}
