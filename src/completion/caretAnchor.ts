import type { DocumentContext } from './documentContext';

/** The whole lines on both sides of the caret's line; both end with a line feed unless they are empty. */
export interface CaretAnchor {
  readonly before: string;
  readonly after: string;
}

/** Lines before the caret are taken in steps of this many; the first ones of a file one by one. */
const lineStep = 4;

/**
 * The lines around the caret as context is chosen by them. Nothing of the caret's own line, and before it only as many
 * lines as make whole steps from the start of the prefix: typing on a line changes nothing, a new line seldom does, and the
 * part of the prompt that depends on it keeps its cached rows.
 */
export function anchorOf({ prefix, suffix }: Pick<DocumentContext, 'prefix' | 'suffix'>): CaretAnchor {
  const before = prefix.replaceAll('\r\n', '\n').split('\n').slice(0, -1);
  const whole = before.length < lineStep ? before : before.slice(0, before.length - (before.length % lineStep));
  const after = suffix.replaceAll('\r\n', '\n');
  const lineEnd = after.indexOf('\n');
  const below = lineEnd < 0 ? '' : after.slice(lineEnd + 1);
  return {
    before: whole.map((line) => `${line}\n`).join(''),
    after: below === '' || below.endsWith('\n') ? below : `${below}\n`,
  };
}
