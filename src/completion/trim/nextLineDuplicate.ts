import { isClosingLine } from '../../text/closingLine';
import { isBlank, lastLineOf, linesOf, textBeforeLine } from '../../text/lines';

/** How many lines behind the caret's line are compared; a longer repetition starts with these. */
const comparedLines = 3;
/** As few lines are a repetition where another follows them, if they have so many words together. */
const fewLines = 2;
const enoughWords = 4;
/** How much is read on both sides of the caret, in UTF-16 units. */
const readAround = 4_000;

/**
 * Cuts a completion from the line on that repeats the next lines of the document (blank lines left out on both sides). The
 * first line counts with what stands before the caret. Lines are equal but for white space inside them and a `;` or `,` at
 * their end: any other difference is a neighbour in a list (`a[1] = x`, `a[2] = x`; `assert(ok)`, `assert(!ok)`).
 * Where the line above the caret is the same line too, the document repeats it on purpose.
 * Lines that only close a block (`}`, `end`, `</div>`) are no evidence by themselves: the next block ends alike.
 */
export function cutNextLineDuplicate(text: string, prefix: string, suffix: string): string {
  const [, ...following] = linesOf(suffix.slice(0, readAround)).map((line) => normalized(line.text));
  const next = following.filter((line) => line !== '').slice(0, comparedLines);
  if (next.length === 0) return text;
  const lines = linesOf(text);
  const above = linesOf(prefix.slice(-readAround)).at(-2)?.text ?? '';
  if (normalized(above) === next[0]) return text;
  const whole = lines.map((line, i) => normalized(i === 0 ? lastLineOf(prefix) + line.text : line.text));
  for (let start = 0; start < lines.length; start++) {
    if (isBlank(lines[start]!.text)) continue;
    const own = whole.slice(start).filter((line) => line !== '');
    const compared = own.slice(0, next.length);
    const firstOther = compared.findIndex((line, i) => line !== next[i]);
    const equal = firstOther < 0 ? compared : compared.slice(0, firstOther);
    if (!equal.some(isEvidence)) continue;
    if (firstOther < 0 || (equal.length >= fewLines && wordsOf(equal.join(' ')) >= enoughWords)) {
      return textBeforeLine(text, lines, start);
    }
  }
  return text;
}

function isEvidence(line: string): boolean {
  return /\w{2}/.test(line) && !isClosingLine(line);
}

function normalized(line: string): string {
  return line
    .trim()
    .replace(/\s+/g, ' ')
    .replace(/\s*[;,]$/, '');
}

function wordsOf(text: string): number {
  return text.match(/\w{2,}/g)?.length ?? 0;
}
