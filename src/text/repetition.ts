import { isClosingLine } from './closingLine';
import { isBlank, linesOf, textBeforeLine } from './lines';

/** How often a unit must come in a row to be a loop and not a table or a pattern. */
function repeatsFor(unit: string): number {
  // Rows of numbers are tables.
  if (/\d/.test(unit)) return 20;
  if (unit.length < 3) return 12;
  return unit.length < 10 ? 5 : 3;
}

/** A unit that lines are drawn with, up to so many characters: the underline of a title, the rule of a table. */
const drawn = /^[-=*#~_+.^|:/\\%;@&<>─━═ \t]+$/;
const longestRule = 120;
/** A unit of at least so many characters says something the first time. */
const shortestPhrase = 10;

/** The least length of a repeated block of lines, in characters that are not white space. */
const smallestBlock = 20;

/**
 * Cuts a completion that ends in a loop, keeping the first turn: characters or words in a cycle (`ha ha ha ha ha`), one line
 * three times, or a block of lines twice. Of a completion that is nothing but a loop of a short unit, nothing is left. Rules
 * (`-----`, `|---|---|`) and closing brackets are no loops.
 */
export function cutRepetition(text: string): string {
  const byLines = cutLineCycle(text);
  return cutCharacterCycle(byLines);
}

/** Looks for the longest end of the text that is periodic, by the prefix function (Knuth, Morris, Pratt) of its reverse. */
function cutCharacterCycle(text: string): string {
  const trimmed = text.trimEnd();
  const end = trimmed.length;
  const failure = new Int32Array(end + 1);
  failure[0] = -1;
  let loop: { start: number; period: number } | undefined;
  for (let length = 1; length <= end; length++) {
    let matched = failure[length - 1]!;
    while (matched >= 0 && trimmed[end - 1 - matched] !== trimmed[end - length]) matched = failure[matched]!;
    failure[length] = matched + 1;
    const period = length - failure[length]!;
    if (length < 3 * period) continue;
    const unit = trimmed.slice(end - period);
    if (length >= period * repeatsFor(unit) && isLoopUnit(unit, length)) loop = { start: end - length, period };
  }
  if (loop === undefined) return text;
  const isAll = isBlank(trimmed.slice(0, loop.start)) && loop.period < shortestPhrase;
  return isAll ? '' : trimmed.slice(0, loop.start + loop.period);
}

function isLoopUnit(unit: string, loopLength: number): boolean {
  if (isBlank(unit) || /^[)\]}\s]+$/.test(unit)) return false;
  return !drawn.test(unit) || loopLength > longestRule;
}

function cutLineCycle(text: string): string {
  const lines = linesOf(text);
  const keys = lines.map((line) => line.text.trimEnd());
  // How deep the first line stands is not part of the text.
  const isEqual = (a: number, b: number): boolean =>
    a === 0 ? keys[0]!.trim() === keys[b]!.trim() : keys[a] === keys[b];
  for (let start = 0; start < keys.length; start++) {
    for (let period = 1; start + 2 * period <= keys.length; period++) {
      const repeats = period === 1 ? 3 : 2;
      if (start + repeats * period > keys.length) continue;
      const unit = keys.slice(start, start + period).join('');
      if (period === 1 ? !/\w/.test(unit) || isClosingLine(unit) : unit.replace(/\s/g, '').length < smallestBlock)
        continue;
      let equal = 0;
      while (equal < (repeats - 1) * period && isEqual(start + equal, start + equal + period)) equal++;
      if (equal === (repeats - 1) * period) return textBeforeLine(text, lines, start + period);
    }
  }
  return text;
}
