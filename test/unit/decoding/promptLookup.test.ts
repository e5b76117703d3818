import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DraftLength, lookUpDraft } from '../../../src/decoding/promptLookup';

/** By the definition: try match lengths from long to short, places from late to early. */
function naiveDraft(tokens: readonly number[], limit: number): number[] {
  for (let length = Math.min(16, tokens.length - 1); length >= 2; length--) {
    const wanted = tokens.slice(-length).join();
    for (let end = tokens.length - 1; end >= length; end--) {
      if (tokens.slice(end - length, end).join() === wanted) return limit < 1 ? [] : tokens.slice(end, end + limit);
    }
  }
  return [];
}

describe('lookUpDraft', () => {
  it('proposes what followed the longest, then latest, earlier occurrence', () => {
    expect(lookUpDraft([1, 2, 3, 9, 1, 2, 3], 2)).toEqual([9, 1]);
    expect(lookUpDraft([1, 2, 7, 1, 2, 8, 1, 2], 1)).toEqual([8]);
    expect(lookUpDraft([4, 1, 2, 7, 5, 1, 2, 8, 4, 1, 2], 1)).toEqual([7]);
    expect(lookUpDraft([1, 5, 1], 4)).toEqual([]);
    expect(lookUpDraft([], 4)).toEqual([]);
  });

  it('equals the definition for any tokens', () => {
    const tokens = fc.array(fc.nat({ max: 2 }), { maxLength: 60 });
    fc.assert(
      fc.property(tokens, fc.integer({ min: -2, max: 12 }), (sequence, limit) => {
        expect(lookUpDraft(sequence, limit)).toEqual(naiveDraft(sequence, limit));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('DraftLength', () => {
  it('grows while drafts are taken whole, shrinks when refused, and stays as it is without one', () => {
    const length = new DraftLength(9);
    const start = length.current;
    length.record(start, start);
    expect(length.current).toBeGreaterThan(start);
    const grown = length.current;
    length.record(0, 0);
    expect(length.current).toBe(grown);
    length.record(grown, 0);
    expect(length.current).toBeLessThan(grown);
  });

  it('stays between 1 and its longest whatever happens', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(12), fc.nat(12))), (records) => {
        const length = new DraftLength(9);
        for (const [wanted, accepted] of records) {
          const drafted = Math.min(wanted, length.current);
          length.record(drafted, Math.min(drafted, accepted));
          expect(length.current).toBeGreaterThanOrEqual(1);
          expect(length.current).toBeLessThanOrEqual(9);
        }
      }),
    );
  });
});
