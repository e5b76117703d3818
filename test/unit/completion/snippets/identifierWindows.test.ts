import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { indexWindows, windowLines, wordsOf } from '../../../../src/completion/snippets/identifierWindows';

describe('wordsOf', () => {
  it('gives names whole, and in lower case the words they are made of', () => {
    expect(wordsOf('parseHeader(header_size, x, 12)')).toEqual([
      ...['parseHeader', '~parse', '~header'],
      ...['header_size', '~header', '~size'],
    ]);
  });
});

describe('indexWindows', () => {
  it('has windows of sixteen lines at every fourth, and one where there are fewer', () => {
    const spans = (lines: number) => indexWindows(Array.from({ length: lines }, () => '')).windows;
    expect(spans(0)).toEqual([]);
    expect(spans(3)).toEqual([{ start: 0, end: 3 }]);
    expect(spans(22)).toEqual([
      { start: 0, end: 16 },
      { start: 4, end: 20 },
      { start: 8, end: 22 },
    ]);
  });

  it('knows for every word which windows hold it, and for every window how many words it holds', () => {
    const anyLine = fc.array(fc.constantFrom('alpha', 'betaGamma', 'gamma', 'x'), { maxLength: 3 });
    fc.assert(
      fc.property(fc.array(anyLine, { maxLength: 60 }), (content) => {
        const lines = content.map((words) => words.join(' '));
        const { windows, windowsWith, wordCounts } = indexWindows(lines);
        const sets = windows.map(({ start, end }) => new Set(lines.slice(start, end).flatMap(wordsOf)));
        expect(wordCounts).toEqual(sets.map(({ size }) => size));
        for (const word of new Set(lines.flatMap(wordsOf))) {
          expect(windowsWith.get(word)).toEqual(sets.flatMap((set, i) => (set.has(word) ? [i] : [])));
        }
        expect(windowsWith.size).toBe(new Set(sets.flatMap((set) => [...set])).size);
        expect(windows.every(({ start, end }) => end - start <= windowLines)).toBe(true);
      }),
    );
  });
});
