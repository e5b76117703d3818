/**
 * Everything a terminal could act on or that prints as nothing: controls (escape sequences begin with one), format
 * characters (direction overrides, zero-width), lone surrogates, private-use and unassigned ones, line separators.
 */
const unprintable = /[\p{C}\p{Zl}\p{Zp}]/gu;

/** Scripts whose letters a joiner joins or keeps apart (Unicode 15.0, section 23.2; RFC 5892, appendix A). */
const joiningScripts =
  'Arabic Bengali Devanagari Gujarati Gurmukhi Kannada Khmer Malayalam Mongolian Myanmar Nko Oriya Sinhala Syriac Tamil Telugu Tibetan';
const joiningLetter = `[${joiningScripts.replace(/(\w+) ?/g, '\\p{Script_Extensions=$1}')}]`;

/**
 * Joiners (U+200C, U+200D) that do something: behind a letter of such a script, or behind a part of an emoji. What follows does
 * not matter, so that the beginning of a line is shown alike with and without its end.
 */
const joiners = new RegExp(
  `(?<=${joiningLetter}\\p{M}*)[\\u200c\\u200d]|` +
    `(?<=\\p{Extended_Pictographic}[\\ufe0f\\p{Emoji_Modifier}]?)\\u200d`,
  'gu',
);

/**
 * Writes unprintable characters as `<U+001B>`, so that text from a file or a model cannot steer the terminal. Joiners that join
 * stay: without them an emoji or a word of Persian or Hindi is another.
 */
export function escapeControls(text: string): string {
  const kept = new Set(Array.from(text.matchAll(joiners), ({ index }) => index));
  return text.replace(unprintable, (character, index: number) => {
    if (kept.has(index)) return character;
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
