import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Vocabulary } from '../../../src/decoding/vocabulary';

/** Bytes from a small alphabet, so that entries and typed texts share beginnings; 0xff sorts after everything. */
const anyBytes = fc.string({ unit: fc.constantFrom('a', 'b', '\n', ' ', '\xff', '\x00'), maxLength: 5 });

describe('Vocabulary', () => {
  it('finds what agrees with a typed text as a look at every entry does', () => {
    fc.assert(
      fc.property(
        fc.array(anyBytes, { maxLength: 40 }),
        anyBytes.filter((typed) => typed !== ''),
        (entries, typed) => {
          const unique = [...new Set(entries)];
          const agreeing = unique.flatMap((entry, id) =>
            entry !== '' && (entry.startsWith(typed) || typed.startsWith(entry)) ? [id] : [],
          );
          const found = new Vocabulary(unique).agreeingWith(typed);
          expect(found.toSorted((a, b) => a - b)).toEqual(agreeing);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('never lets a special token agree, and has no bytes for ids outside', () => {
    const vocabulary = new Vocabulary(['', 'a', '', 'ab']);
    expect(vocabulary.agreeingWith('a').toSorted()).toEqual([1, 3]);
    expect(vocabulary.bytesOf(0)).toBe('');
    expect(vocabulary.bytesOf(99)).toBe('');
    expect(vocabulary.size).toBe(4);
  });
});
