import { isBlank, linesOf, textBeforeLine } from './lines';

/** How often a unit of so many characters must come in a row to be a loop and not a table or a pattern. */
function repeatsForUnit(length: number): number {
  if (length < 3) return 12;
  return length < 10 ? 5 : 3;
}

/** The least length of a repeated block of lines, in characters that are not white space. */
const smallestBlock = 20;

/**
 * Cuts a completion that ends in a loop, keeping the first turn: characters or words in a cycle (`ha ha ha ha ha`), one line
 * three times, or a block of lines twice.
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
  let cut = end;
  for (let length = 1; length <= end; length++) {
    let matched = failure[length - 1]!;
    while (matched >= 0 && trimmed[end - 1 - matched] !== trimmed[end - length]) matched = failure[matched]!;
    failure[length] = matched + 1;
    const period = length - failure[length]!;
    const isLoop = length >= period * repeatsForUnit(period) && !isBlank(trimmed.slice(end - period));
    if (isLoop) cut = end - length + period;
  }
  return cut === end ? text : trimmed.slice(0, cut);
}

function cutLineCycle(text: string): string {
  const lines = linesOf(text);
  const keys = lines.map((line) => line.text.trim());
  for (let start = 0; start < keys.length; start++) {
    for (let period = 1; start + 2 * period <= keys.length; period++) {
      const repeats = period === 1 ? 3 : 2;
      if (start + repeats * period > keys.length) continue;
      const unit = keys.slice(start, start + period).join('');
      if (period === 1 ? !/\w/.test(unit) : unit.replace(/\s/g, '').length < smallestBlock) continue;
      const isLoop = keys.slice(start + period, start + repeats * period).every((key, i) => key === keys[start + i]);
      if (isLoop) return textBeforeLine(text, lines, start + period);
    }
  }
  return text;
}
