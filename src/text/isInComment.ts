import { scanBrackets } from './bracketScan';
import { commentSyntaxOf } from './commentSyntax';
import { languageAt } from './embeddedLanguage';
import { lastLineOf } from './lines';

/** A block comment is looked for this far back. */
const longestComment = 20_000;

/** Whether a caret stands in a comment: behind a line comment mark outside strings, or in an open block comment. */
export function isInComment(prefix: string, languageId: string | undefined): boolean {
  const language = languageAt(prefix, languageId);
  const { line, block } = commentSyntaxOf(language) ?? {};
  const mayBe =
    (line !== undefined && lastLineOf(prefix).includes(line)) ||
    (block !== undefined && prefix.slice(-longestComment).includes(block[0]));
  return mayBe && scanBrackets(prefix, '', language, longestComment).isInComment;
}
