import { firstLineOf, isBlank } from '../../text/lines';

/**
 * Cuts white space from the completion's end. Where text follows the caret on its line, spaces before it stay, as they may
 * separate words; line breaks and the indentation behind them go.
 */
export function cutTrailingWhitespace(text: string, suffix: string): string {
  const trimmed = text.trimEnd();
  if (isBlank(firstLineOf(suffix)) || /^[)\]}\s;,]/.test(suffix)) return trimmed;
  return trimmed + firstLineOf(text.slice(trimmed.length));
}
