import type { ReasonOf } from '../explain/reason';

/** Closers, then at most one opener or separator: what remains on a line whose content is still to be typed. */
const openEnd = /^\s*[)\]}>"'`]*\s*(?:\/>|=>)?\s*[:{;,]*\s*$/;

/**
 * Why automatic completion makes no sense at the caret. Undefined where it does: where the rest of the line is only closers,
 * separators and white space. An explicit request need not ask.
 *
 * @param prefixLine the line before the caret.
 * @param restOfLine the line behind it.
 */
export function reasonAgainstMidLine(
  prefixLine: string,
  restOfLine: string,
): ReasonOf<'insideWord' | 'textFollows'> | undefined {
  if (openEnd.test(restOfLine)) return undefined;
  if (/[\p{L}\p{N}_]$/u.test(prefixLine) && /^[\p{L}\p{N}_]/u.test(restOfLine)) {
    return { kind: 'insideWord' };
  }
  return { kind: 'textFollows' };
}
