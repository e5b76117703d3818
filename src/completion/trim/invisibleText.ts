/**
 * What nobody sees, or what makes a text look like another one: controls but tab and line breaks, bidirectional marks,
 * zero-width and filler characters, tags, line and paragraph separators, halves of characters, and U+FFFD, which stands
 * for bytes that were no character.
 */
export const invisibleCharacter =
  /(?![\t\n\r])\p{Cc}|[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\uffff]|[\u{e0000}-\u{e0fff}]|\p{Cs}/u;
/** Zero-width joiner and non-joiner: part of words of many scripts and of emoji. */
const joiner = /[\u200c\u200d]/g;
const joinable = /[\p{L}\p{M}\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f]$/u;
const joined = /^[\p{L}\p{M}\p{Extended_Pictographic}]/u;

/** Cuts a completion before the first character that is invisible or deceptive. Joiners stay inside words and emoji. */
export function cutAtInvisible(text: string, prefix: string): string {
  const first = text.search(invisibleCharacter);
  const visible = first < 0 ? text : text.slice(0, first);
  for (const { index } of visible.matchAll(joiner)) {
    // Two code units hold the character before the joiner.
    const before = (prefix.slice(-2) + visible.slice(0, index)).slice(-2);
    const isJoining = joinable.test(before) && joined.test(visible.slice(index + 1, index + 3));
    if (!isJoining) return visible.slice(0, index);
  }
  return visible;
}
