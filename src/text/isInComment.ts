import { scanBrackets } from './bracketScan';
import { languageAt } from './embeddedLanguage';

/** A block comment is looked for this far back. */
const longestComment = 20_000;

/** Whether a caret stands in a comment: behind a line comment mark outside strings, or in an open block comment. */
export function isInComment(prefix: string, languageId: string | undefined): boolean {
  return scanBrackets(prefix, '', languageAt(prefix, languageId), longestComment).isInComment;
}
