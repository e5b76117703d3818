import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { clipEnd, clipStart } from '../../../../src/cli/terminal/clipText';
import {
  formatBytes,
  formatCount,
  formatDecimal,
  formatDuration,
  formatPercent,
} from '../../../../src/text/formatNumber';
import { probabilityBar } from '../../../../src/text/probabilityBar';
import { documentLine, escapeControls } from '../../../../src/cli/terminal/terminalText';

/** Text of any code units, with many of the characters that a terminal acts on. */
const anyText = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
      fc.constantFrom('\u001b[2J', '\u009b31m', '\r\n', '\t', '\u202e', '\u2028', '\u0000', '\u007f', '\ufeff'),
    ),
  )
  .map((pieces) => pieces.join(''));

describe('escapeControls', () => {
  it('leaves nothing that a terminal acts on, whatever the text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(escapeControls(text)).not.toMatch(
          /[\u0000-\u001f\u007f-\u009f\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/,
        );
      }),
    );
  });

  it('names the character it takes out, and keeps text in any script', () => {
    expect(escapeControls('a\u001b[31mb')).toBe('a<U+001B>[31mb');
    expect(escapeControls('\ud83d')).toBe('<U+D83D>');
    expect(escapeControls('a\u200db\u200c \u200d')).toBe('a<U+200D>b<U+200C> <U+200D>');
    expect(escapeControls('naïve 日本語 😀 č')).toBe('naïve 日本語 😀 č');
  });
});

describe('documentLine', () => {
  it.each([
    ['an emoji of a family', '- 👩‍👩🏽‍👧 ❤️‍🔥'],
    ['Persian', 'می‌خواهم'],
    ['Hindi', 'क्‍ष र्‌य'],
  ])('keeps the joiners of %s', (_, text) => {
    expect(text).toMatch(/[\u200c\u200d]/);
    expect(documentLine(text)).toBe(text);
    // A completion may begin at any of these characters, and is shown as the rest of the whole line.
    for (let end = 0; end < text.length; end++) {
      const start = text.slice(0, end);
      if (start.isWellFormed()) expect(documentLine(start)).toBe(start);
    }
  });

  it('expands tabs to stops of four columns and keeps spaces', () => {
    expect(documentLine('\tab\tc  d')).toBe('    ab  c  d');
  });
});

describe('clipText', () => {
  it('keeps what fits and marks what is cut', () => {
    expect(clipEnd('abcdef', 6)).toBe('abcdef');
    expect(clipEnd('abcdefg', 6)).toBe('abcde…');
    expect(clipStart('abcdefg', 6)).toBe('…cdefg');
  });

  it('counts wide characters as two columns and never cuts one in half', () => {
    expect(clipEnd('日本語', 5)).toBe('日本…');
    expect(clipStart('a👩‍👩‍👧b', 3)).toBe('…b');
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.integer({ min: 1, max: 40 }), (text, width) => {
        for (const clipped of [clipEnd(text, width), clipStart(text, width)]) {
          expect(stringWidth(clipped)).toBeLessThanOrEqual(width);
          expect(clipped.isWellFormed()).toBe(true);
        }
      }),
    );
  });

  it('takes the ends of a line of megabytes', () => {
    const line = `start${'x'.repeat(5_000_000)}end`;
    expect(clipEnd(line, 8)).toBe('startxx…');
    expect(clipStart(line, 8)).toBe('…xxxxend');
  });
});

describe('probabilityBar', () => {
  it('is as long as the share says, to an eighth of a column', () => {
    expect(probabilityBar(1, 4)).toBe('████');
    expect(probabilityBar(0, 4)).toBe('');
    expect(probabilityBar(0.5, 5)).toBe('██▌');
    expect(probabilityBar(1 / 32, 4)).toBe('▏');
  });

  it('never leaves its column', () => {
    fc.assert(
      fc.property(fc.double(), fc.integer({ min: 1, max: 60 }), (share, width) => {
        expect(probabilityBar(share, width).length).toBeLessThanOrEqual(width);
      }),
    );
  });
});

describe('numbers', () => {
  it('never rounds a probability to a certainty', () => {
    expect(formatPercent(0.6234)).toBe('62.3 %');
    expect(formatPercent(0.012345)).toBe('1.23 %');
    expect(formatPercent(0.00001)).toBe('<0.01 %');
    expect(formatPercent(0)).toBe('0.00 %');
    expect(formatPercent(0.99999)).toBe('>99.9 %');
    expect(formatPercent(1)).toBe('100.0 %');
    expect(formatPercent(Number.NaN)).toBe('–');
  });

  it('shows durations, counts and sizes as a reader says them', () => {
    expect([3.14159, 412.4, 12_345].map(formatDuration)).toEqual(['3.1 ms', '412 ms', '12.3 s']);
    expect([formatCount(1, 'line'), formatCount(1200, 'line')]).toEqual(['1 line', '1,200 lines']);
    expect([12, 2048, 64 * 2 ** 20, 3 * 2 ** 30].map(formatBytes)).toEqual(['12 bytes', '2.0 kB', '64 MB', '3.0 GB']);
    expect([formatDecimal(1.236, 2), formatDecimal(-Infinity, 2)]).toEqual(['1.24', '–']);
  });
});
