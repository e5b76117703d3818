import { distance } from 'fastest-levenshtein';
import { isBlank, lastLineOf, linesOf, textBeforeLine } from '../../text/lines';

/** How many lines behind the caret's line are compared; a longer repetition starts with these. */
const comparedLines = 3;
const suffixWindow = 4_000;

/**
 * Cuts a completion from the line on that repeats the next lines of the document (blank lines left out on both sides). The
 * first line counts with what stands before the caret. Lines are equal within a Levenshtein distance of max(1, 5 %), the
 * measure of Tabby's filter, provided their words and numbers agree: `a[1] = x` is no repetition of `a[2] = x`. (Without
 * that condition the false hits on true continuations of source code were neighbours such as `cmp_main`, `cms_main`.)
 * Lines of punctuation alone (`}`) are no evidence by themselves.
 */
export function cutNextLineDuplicate(text: string, prefix: string, suffix: string): string {
  const [, ...following] = linesOf(suffix.slice(0, suffixWindow)).map((line) => line.text.trim());
  const next = following.filter((line) => line !== '').slice(0, comparedLines);
  if (next.length === 0) return text;
  const lines = linesOf(text);
  const whole = lines.map((line, i) => (i === 0 ? lastLineOf(prefix) + line.text : line.text).trim());
  for (let start = 0; start < lines.length; start++) {
    if (isBlank(lines[start]!.text)) continue;
    const own = whole.slice(start).filter((line) => line !== '');
    const compared = own.slice(0, next.length);
    const repeats = compared.every((line, i) => isNearlyEqual(line, next[i]!));
    if (repeats && compared.some((line) => /\w{2}/.test(line))) return textBeforeLine(text, lines, start);
  }
  return text;
}

function isNearlyEqual(a: string, b: string): boolean {
  if (a === b) return true;
  // The words first: the distance costs the product of the lengths.
  return wordsOf(a) === wordsOf(b) && distance(a, b) <= Math.max(1, 0.05 * Math.max(a.length, b.length));
}

function wordsOf(line: string): string {
  return (line.match(/\w+/g) ?? []).join(' ');
}
