import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bootstrapIntervals, ratioOfSums } from '../../../../src/evaluation/statistics/bootstrap';
import { percentile } from '../../../../src/evaluation/statistics/percentile';
import { seededRandom } from '../../../../src/evaluation/statistics/random';

describe('percentile', () => {
  it.each([
    [[1, 2, 3, 4], 0.5, 2.5],
    [[4, 1, 3, 2], 0.95, 3.85],
    [[7], 0.95, 7],
    [[10, 2], 0, 2],
    [[10, 2], 1, 10],
  ])('of %j at %d is %d', (values, share, expected) => {
    expect(percentile(values, share)).toBeCloseTo(expected, 12);
  });

  it('refuses what has no percentile', () => {
    expect(() => percentile([], 0.5)).toThrow('no values');
    expect(() => percentile([1], 1.5)).toThrow('The percentile is 1.5');
    expect(() => percentile([1], NaN)).toThrow('The percentile is NaN');
  });

  it('lies between the least and the greatest value', () => {
    const values = fc.array(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), { minLength: 1 });
    fc.assert(
      fc.property(values, fc.double({ min: 0, max: 1, noNaN: true }), (all, share) => {
        const result = percentile(all, share);
        expect(result).toBeGreaterThanOrEqual(Math.min(...all) - 1e-6);
        expect(result).toBeLessThanOrEqual(Math.max(...all) + 1e-6);
      }),
    );
  });
});

describe('seededRandom', () => {
  it('is uniform in [0, 1), the same for the same seed and another for another', () => {
    const random = seededRandom(42);
    const again = seededRandom(42);
    const tenths = new Array<number>(10).fill(0);
    for (let draw = 0; draw < 20_000; draw++) {
      const value = random();
      expect(again()).toBe(value);
      const tenth = Math.floor(value * 10);
      tenths[tenth] = (tenths[tenth] ?? NaN) + 1;
    }
    expect(tenths).toHaveLength(10);
    for (const count of tenths) expect(Math.abs(count - 2000)).toBeLessThan(200);
    expect(seededRandom(43)()).not.toBe(seededRandom(42)());
  });
});

describe('bootstrap', () => {
  const share = (hits: number, cases: number) => ({
    numerators: Array.from({ length: cases }, (_, index) => Number(index < hits)),
    denominators: new Array<number>(cases).fill(1),
  });

  it('gives the interval that the normal approximation of a share gives', () => {
    const [interval] = bootstrapIntervals([share(120, 600)], { samples: 2000, seed: 7 });
    const half = 1.96 * Math.sqrt((0.2 * 0.8) / 600);
    expect(interval?.[0]).toBeCloseTo(0.2 - half, 2);
    expect(interval?.[1]).toBeCloseTo(0.2 + half, 2);
  });

  it('is the same for the same seed', () => {
    const run = (seed: number) => bootstrapIntervals([share(13, 50)], { samples: 200, seed });
    expect(run(3)).toEqual(run(3));
    expect(run(3)).not.toEqual(run(4));
  });

  it('weighs cases by their denominators and keeps them whole', () => {
    const tokens = { numerators: [9, 0], denominators: [9, 1] };
    expect(ratioOfSums(tokens)).toBe(0.9);
    expect(bootstrapIntervals([tokens], { samples: 500, seed: 1 })).toEqual([[0, 1]]);
  });

  it('has no interval without a denominator', () => {
    const none = { numerators: [0, 0], denominators: [0, 0] };
    expect(ratioOfSums(none)).toBeNaN();
    expect(bootstrapIntervals([none])).toEqual([undefined]);
  });

  it('refuses figures over different cases and settings out of range', () => {
    expect(() => bootstrapIntervals([share(1, 2), share(1, 3)])).toThrow('not over the same cases');
    expect(() => bootstrapIntervals([share(1, 2)], { samples: 0 })).toThrow('number of samples is 0');
    expect(() => bootstrapIntervals([share(1, 2)], { level: 1 })).toThrow('level is 1');
  });
});
