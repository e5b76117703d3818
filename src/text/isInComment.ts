import { commentSyntaxOf } from './commentSyntax';
import { lastLineOf } from './lines';

/** A block comment is looked for this far back. */
const longestComment = 20_000;

/** Whether a caret stands in a comment: behind a line comment mark outside quotes, or in an open block comment. */
export function isInComment(prefix: string, languageId: string | undefined): boolean {
  const syntax = commentSyntaxOf(languageId);
  if (syntax?.line !== undefined && indexOutsideQuotes(lastLineOf(prefix), syntax.line) >= 0) return true;
  if (syntax?.block === undefined) return false;
  const [open, close] = syntax.block;
  const nearby = prefix.slice(-longestComment);
  return nearby.lastIndexOf(open) > nearby.lastIndexOf(close);
}

function indexOutsideQuotes(line: string, mark: string): number {
  let quote = '';
  for (let i = 0; i < line.length; i++) {
    const character = line[i]!;
    if (character === '\\') i++;
    else if (quote !== '') quote = character === quote ? '' : quote;
    else if (line.startsWith(mark, i)) return i;
    else if (character === '"' || character === "'" || character === '`') quote = character;
  }
  return -1;
}
