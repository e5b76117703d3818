import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Utf8Assembler } from '../../../src/decoding/utf8Assembler';
import { bytesOfText } from '../../support/toyModel';

const anyText = fc.string({
  unit: fc.constantFrom('a', '\n', 'é', '€', '😀', '\u{10ffff}', '\ufeff', '\0'),
  maxLength: 20,
});

describe('Utf8Assembler', () => {
  it('gives whole characters only, and all of them, however the bytes are split', () => {
    fc.assert(
      fc.property(anyText, fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1 }), (text, sizes) => {
        const assembler = new Utf8Assembler();
        const bytes = bytesOfText(text);
        let joined = '';
        for (let at = 0, i = 0; at < bytes.length; i++) {
          const size = sizes[i % sizes.length]!;
          joined += assembler.push(bytes.slice(at, at + size));
          at += size;
          expect(assembler.isValid).toBe(true);
          expect(text.startsWith(joined)).toBe(true);
          expect(joined.isWellFormed()).toBe(true);
        }
        expect(joined).toBe(text);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['a byte that never occurs', '\xff'],
    ['a lone continuation byte', '\x80'],
    ['a character that is not continued', '\xe2\x82a'],
    ['an encoded surrogate', '\xed\xa0\x80'],
    ['an overlong encoding', '\xc0\xaf'],
  ])('leaves out everything from %s on', (_, bytes) => {
    const assembler = new Utf8Assembler();
    expect(assembler.push('ok')).toBe('ok');
    expect(assembler.push(bytes)).toBe('');
    expect(assembler.isValid).toBe(false);
    expect(assembler.push('more')).toBe('');
  });
});
