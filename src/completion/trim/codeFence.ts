import { isProse } from '../../text/commentSyntax';
import { lastLineOf, linesOf, textBeforeLine } from '../../text/lines';

const fence = /^\s*```\w*\s*$/;

/**
 * Cuts a completion of code before a Markdown fence: the model takes the document for a block of code in a page. Where the
 * document has fences near the caret, as in documentation comments, they stay.
 */
export function cutAtCodeFence(text: string, prefix: string, suffix: string, languageId?: string): string {
  if (
    isProse(languageId) ||
    !text.includes('```') ||
    `${prefix.slice(-4_000)}${suffix.slice(0, 4_000)}`.includes('```')
  ) {
    return text;
  }
  const lines = linesOf(text);
  const index = lines.findIndex(({ text: line }, i) => fence.test(i === 0 ? lastLineOf(prefix) + line : line));
  return index < 0 ? text : textBeforeLine(text, lines, index);
}
