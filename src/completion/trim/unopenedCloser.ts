import { scanBrackets } from '../../text/bracketScan';

/**
 * Cuts a completion before its first closing bracket that nothing opened: neither the completion nor the text before the
 * caret. Strings and comments are skipped as `scanBrackets` says.
 */
export function cutAtUnopenedCloser(text: string, prefix: string, languageId?: string): string {
  const unopened = scanBrackets(prefix, text, languageId).closers.find(({ opener }) => opener === 'none');
  return unopened === undefined ? text : text.slice(0, unopened.index);
}
