import { scanBrackets } from './bracketScan';
import { lastLineOf } from './lines';

const openerOf = new Map([
  [')', '('],
  [']', '['],
  ['}', '{'],
]);
/** Languages whose `case` patterns end in a parenthesis that nothing opens. */
const casePatternLanguages = new Set(['shellscript', 'makefile']);

/**
 * Cuts a completion before its first closing bracket that nothing opened: neither the completion nor the text before the
 * caret. Strings and comments are skipped as `scanBrackets` says; a bracket that its line opens, in a string or not, is
 * no bracket too many.
 */
export function cutAtUnopenedCloser(text: string, prefix: string, languageId?: string): string {
  const { closers } = scanBrackets(prefix, text, languageId);
  const unopened = closers.find(
    ({ opener, mark, index }) =>
      opener === 'none' &&
      !(mark === ')' && languageId !== undefined && casePatternLanguages.has(languageId)) &&
      !isOpenInLine(lastLineOf(prefix + text.slice(0, index)), mark),
  );
  return unopened === undefined ? text : text.slice(0, unopened.index);
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
