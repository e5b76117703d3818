import type { ReasonOf } from '../explain/reason';
import { invisibleCharacter } from '../trim/invisibleText';

/** White space, and what has no width. */
const blank = /^[\s\u200b-\u200d\u2060\ufeff]*$/;

/**
 * Why a text is no completion, whoever asked for one. Undefined where it is one.
 * @param replaced the text behind the caret that it takes the place of.
 */
export function reasonAgainstOffering(
  text: string,
  replaced: string,
): ReasonOf<'trimmedAway' | 'changesNothing' | 'unprintable'> | undefined {
  if (blank.test(text)) return { kind: 'trimmedAway' };
  if (text === replaced) return { kind: 'changesNothing' };
  return invisibleCharacter.test(text) ? { kind: 'unprintable' } : undefined;
}
