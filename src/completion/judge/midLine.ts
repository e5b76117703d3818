/** Whether a completion may be offered without being asked for, and if not, why. */
export type MidLineDecision = { readonly allowed: true } | { readonly allowed: false; readonly reason: string };

/** Closers, then at most one opener or separator: what remains on a line whose content is still to be typed. */
const openEnd = /^\s*[)\]}>"'`]*\s*(?:\/>|=>)?\s*[:{;,]*\s*$/;

/**
 * Whether automatic completion makes sense at the caret: where the rest of the line is only closers, separators and white
 * space. An explicit request need not ask.
 *
 * @param prefixLine the line before the caret.
 * @param restOfLine the line behind it.
 */
export function mayCompleteAt(prefixLine: string, restOfLine: string): MidLineDecision {
  if (openEnd.test(restOfLine)) return { allowed: true };
  if (/[\p{L}\p{N}_]$/u.test(prefixLine) && /^[\p{L}\p{N}_]/u.test(restOfLine)) {
    return { allowed: false, reason: 'the caret is inside a word' };
  }
  return { allowed: false, reason: 'text follows the caret on its line' };
}
