/**
 * Everything a terminal could act on or that prints as nothing: controls (escape sequences begin with one), format
 * characters (direction overrides, zero-width), lone surrogates, private-use and unassigned ones, line separators.
 */
const unprintable = /[\p{C}\p{Zl}\p{Zp}]/gu;

/** Writes unprintable characters as `<U+001B>`, so that text from a file or a model cannot steer the terminal. */
export function escapeControls(text: string): string {
  return text.replace(unprintable, (character) => {
    const codePoint = character.codePointAt(0) ?? 0;
    return `<U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}>`;
  });
}

/** One line of a document as an editor shows it: tab stops every four columns, the rest escaped. */
export function documentLine(line: string): string {
  let shown = '';
  for (const [index, piece] of line.split('\t').entries()) {
    if (index > 0) shown += ' '.repeat(4 - (shown.length % 4));
    shown += escapeControls(piece);
  }
  return shown;
}
