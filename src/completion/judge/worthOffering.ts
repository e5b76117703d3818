import type { ReasonOf } from '../explain/reason';

/** Controls but tab and line ends, bidirectional marks and overrides, and U+FFFD, which stands for what was no character. */
const unprintable = /(?![\t\n\r])\p{Cc}|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffd]/u;
/** White space, and what has no width. */
const invisible = /^[\s\u200b-\u200d\u2060\ufeff]*$/;

/**
 * Why a text is no completion, whoever asked for one. Undefined where it is one.
 * @param replaced the text behind the caret that it takes the place of.
 */
export function reasonAgainstOffering(
  text: string,
  replaced: string,
): ReasonOf<'trimmedAway' | 'changesNothing' | 'unprintable'> | undefined {
  if (invisible.test(text)) return { kind: 'trimmedAway' };
  if (text === replaced) return { kind: 'changesNothing' };
  return unprintable.test(text) ? { kind: 'unprintable' } : undefined;
}
