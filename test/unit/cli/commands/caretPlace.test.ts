import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCaretPlace, splitAtCaret } from '../../../../src/cli/commands/caretPlace';

const at = (line: number, column: number) => ({ path: 'a.ts', line, column });

describe('parseCaretPlace', () => {
  it.each([
    ['src/a.ts:12:5', { path: 'src/a.ts', line: 12, column: 5 }],
    ['C:\\code\\a.ts:3:4', { path: 'C:\\code\\a.ts', line: 3, column: 4 }],
    ['a:1:2:3', { path: 'a:1', line: 2, column: 3 }],
    ['odd\nname:1:2', { path: 'odd\nname', line: 1, column: 2 }],
  ])('reads %s from the right', (argument, place) => {
    expect(parseCaretPlace(argument)).toEqual(place);
  });

  it.each(['a.ts', 'a.ts:3', 'C:\\a.ts', ':1:2', 'a.ts:x:1', 'a.ts:1:-1', 'a.ts:1:2 ', ''])(
    'refuses %j',
    (argument) => {
      expect(() => parseCaretPlace(argument)).toThrow(/FILE:LINE:COLUMN/);
    },
  );

  it('does not print what a terminal would act on', () => {
    expect(() => parseCaretPlace('\u001b[2J')).toThrow('"<U+001B>[2J" is no place');
  });
});

describe('splitAtCaret', () => {
  it('counts lines and columns from 1, to one past the last character', () => {
    expect(splitAtCaret('ab\ncd', at(1, 1))).toEqual({ prefix: '', suffix: 'ab\ncd' });
    expect(splitAtCaret('ab\ncd', at(1, 3))).toEqual({ prefix: 'ab', suffix: '\ncd' });
    expect(splitAtCaret('ab\ncd', at(2, 3))).toEqual({ prefix: 'ab\ncd', suffix: '' });
    expect(splitAtCaret('', at(1, 1))).toEqual({ prefix: '', suffix: '' });
    expect(splitAtCaret('ab\n', at(2, 1))).toEqual({ prefix: 'ab\n', suffix: '' });
  });

  it.each(['\n', '\r\n', '\r'])('takes %j for one line end, which is in no column', (lineEnd) => {
    const text = `ab${lineEnd}cd${lineEnd}`;
    expect(splitAtCaret(text, at(2, 2)).prefix).toBe(`ab${lineEnd}c`);
    expect(() => splitAtCaret(text, at(1, 4))).toThrow('line 1 of a.ts has columns 1 to 3');
    expect(() => splitAtCaret(text, at(4, 1))).toThrow('a.ts has 3 lines');
  });

  it('counts UTF-16 code units and keeps characters whole', () => {
    expect(splitAtCaret('😀b', at(1, 3))).toEqual({ prefix: '😀', suffix: 'b' });
    expect(() => splitAtCaret('😀b', at(1, 2))).toThrow('middle of a character; give 1 or 3');
  });

  it('refuses 0, and what is far out of range, with exit code 2', () => {
    for (const place of [at(0, 1), at(1, 0), at(1, 9), at(9, 1), at(1e30, 1)]) {
      expect(() => splitAtCaret('ab', place)).toThrow(expect.objectContaining({ exitCode: 2 }));
    }
  });

  it('writes a number as it was given', () => {
    const digits = '99999999999999999999999';
    for (const [name, place] of [
      ['Column', `a.ts:1:${digits}`],
      ['Line', `a.ts:${digits}:1`],
    ] as const) {
      expect(() => parseCaretPlace(place)).toThrow(
        expect.objectContaining({ exitCode: 2, message: expect.stringContaining(`${name} ${digits} is out of range`) }),
      );
    }
    expect(() => parseCaretPlace(`a.ts:${'9'.repeat(1000)}:1`)).toThrow('9… is out of range');
  });

  it('finds every place that an editor would name', () => {
    const line = fc.string({ unit: fc.constantFrom('a', ' ', '\t', 'é', '語') });
    fc.assert(
      fc.property(fc.array(line, { minLength: 1 }), fc.nat(), fc.nat(), (lines, lineSeed, columnSeed) => {
        const row = lineSeed % lines.length;
        const column = columnSeed % (lines[row]!.length + 1);
        const { prefix, suffix } = splitAtCaret(lines.join('\n'), at(row + 1, column + 1));
        expect(prefix).toBe([...lines.slice(0, row), lines[row]!.slice(0, column)].join('\n'));
        expect(prefix + suffix).toBe(lines.join('\n'));
      }),
    );
  });
});
