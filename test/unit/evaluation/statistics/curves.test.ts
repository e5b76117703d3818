import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pairedDifference } from '../../../../src/evaluation/statistics/bootstrap';
import { candidateCosts } from '../../../../src/evaluation/run/candidateCost';
import { type JudgedCase, judgeCase } from '../../../../src/evaluation/judge/caseResult';
import { chooseKFigures } from '../../../../src/evaluation/statistics/chooseKFigures';
import { insertedText } from '../../../../src/evaluation/run/evaluateCase';
import { hitCurve } from '../../../../src/evaluation/statistics/hitCurve';
import { findKnee } from '../../../../src/evaluation/statistics/knee';
import { precisionAtShare, precisionByShare } from '../../../../src/evaluation/statistics/precisionByShare';
import { progressBar } from '../../../../src/cli/terminal/progressBar';
import { sampleCases } from '../../../../src/evaluation/suite/sampleCases';
import type { EvaluationCase } from '../../../../src/evaluation/suite/suite';

const oneCase = (id: string, language?: string): EvaluationCase => ({
  id,
  path: 'a.go',
  prefix: '',
  suffix: '',
  expected: 'x',
  ...(language !== undefined && { language }),
});

function judged(confidence: number, isRight: boolean): JudgedCase {
  return judgeCase({
    case: oneCase('one'),
    completionText: isRight ? 'x' : 'y',
    confidence,
    shown: true,
    topKRankOfExpectedTokens: [1],
    bits: 1,
    promptTokens: 9,
    latencyMs: 1,
    prefillMs: 1,
    decodeMs: 0,
    typingMs: [],
  });
}

describe('findKnee', () => {
  it('finds the knee of the published example', () => {
    // y = -1/x + 5 on ten points, figure 2 of the Kneedle paper: the knee is at x = 0.22.
    const x = Array.from({ length: 10 }, (_, index) => index / 9);
    const y = x.map((value) => -1 / (value + 0.1) + 5);
    expect(x[findKnee(x, y)!]).toBeCloseTo(0.22, 2);
  });

  it('has none on a straight line, on a flat one, and on one that grows ever faster', () => {
    expect(findKnee([1, 2, 3, 4], [1, 2, 3, 4])).toBeUndefined();
    expect(findKnee([1, 2, 3], [5, 5, 5])).toBeUndefined();
    expect(findKnee([1, 2, 3, 4, 5], [1, 2, 4, 8, 16])).toBeUndefined();
  });

  it('does not depend on the units of either axis', () => {
    const curve = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 3, maxLength: 30 });
    fc.assert(
      fc.property(curve, fc.constantFrom(2, 8, 1024), (steps, scale) => {
        let sum = 0;
        const y = steps.map((step) => (sum += step));
        const x = y.map((_, index) => index);
        const scaled = findKnee(
          x.map((value) => value * scale),
          y.map((value) => value * scale),
        );
        expect(scaled).toBe(findKnee(x, y));
      }),
    );
  });

  it('refuses what is no curve', () => {
    expect(() => findKnee([1], [1])).toThrow('at least two points');
    expect(() => findKnee([1, 1], [1, 2])).toThrow('must increase');
  });
});

describe('hitCurve', () => {
  const curve = hitCurve([[1, 1], [3, 1], [1, 2], [], [60]], 3);

  it('counts tokens, lines by their worst token, and lines whose first token alone needs a choice', () => {
    expect(curve).toEqual([
      { k: 1, hitRate: 4 / 7, linesByFirstToken: 1 / 4, linesByEachToken: 1 / 4 },
      { k: 2, hitRate: 5 / 7, linesByFirstToken: 1 / 4, linesByEachToken: 2 / 4 },
      { k: 3, hitRate: 6 / 7, linesByFirstToken: 2 / 4, linesByEachToken: 3 / 4 },
    ]);
  });

  it('refuses lines without tokens', () => {
    expect(() => hitCurve([[]], 5)).toThrow('No line has an expected token');
  });
});

describe('chooseKFigures', () => {
  const rates = [0.5, 0.7, 0.8, 0.9, 0.91, 0.92, 0.925, 0.93, 0.932, 0.934];
  const curve = rates.map((hitRate, index) => ({ k: index + 1, hitRate, linesByFirstToken: 0, linesByEachToken: 0 }));

  it('recommends the knee in one sentence, with what it reaches and costs', () => {
    const figures = chooseKFigures(20, curve, [{ k: 5, candidateMs: 0.25, latencyMs: 200 }]);
    expect(figures.knee).toBe(4);
    expect(figures.recommendation).toBe(
      'Set topK.candidates to 4: the expected token is among the first 4 in 90.0 % of the positions (50.0 % for k = 1, 93.4 % for k = 10) at 0.25 ms a token for scoring k = 5.',
    );
  });

  it('recommends nothing where there is no knee', () => {
    const flat = curve.map((point) => ({ ...point, hitRate: 0.5 }));
    expect(chooseKFigures(20, flat, [])).toMatchObject({ knee: null });
    expect(chooseKFigures(20, flat.slice(0, 1), []).recommendation).toContain('no knee');
  });
});

describe('candidateCosts', () => {
  it('takes the median over runs, one k after another', () => {
    let time = 0;
    // Each reading of the clock is a step: one in each of 20 rounds of warm-up, two in each of the 40 that count.
    const costs = candidateCosts(1000, [1, 7], () => (time += 1));
    expect([...costs]).toEqual([
      [1, 1],
      [7, 1],
    ]);
    expect(time).toBe(2 * (20 + 2 * 40));
  });
});

describe('precisionByShare', () => {
  const cases = [judged(0.9, true), judged(0.2, false), judged(0.9, false), judged(0.5, true)];
  const points = precisionByShare([...cases, { ...judged(0.1, true), completed: false }]);

  it('has a point for each confidence that a threshold could be, over all cases', () => {
    expect(points).toEqual([
      { minimumConfidence: 0.9, share: 2 / 5, precision: 1 / 2 },
      { minimumConfidence: 0.5, share: 3 / 5, precision: 2 / 3 },
      { minimumConfidence: 0.2, share: 4 / 5, precision: 2 / 4 },
    ]);
  });

  it('reads the precision at a share from the strictest threshold that reaches it', () => {
    expect(precisionAtShare(points, 0.4)?.minimumConfidence).toBe(0.9);
    expect(precisionAtShare(points, 0.41)?.minimumConfidence).toBe(0.5);
    expect(precisionAtShare(points, 0.9)).toBeNull();
  });
});

describe('pairedDifference', () => {
  const cases = 400;
  const hits = (isHit: (index: number) => boolean) => ({
    numerators: Array.from({ length: cases }, (_, index) => Number(isHit(index))),
    denominators: new Array<number>(cases).fill(1),
  });

  it('is narrow where both runs fail on the same cases, and holds 0 where they are told by chance', () => {
    const off = hits((index) => index % 4 === 0);
    const better = pairedDifference(
      hits((index) => index % 4 === 0 || index % 40 === 1),
      off,
    );
    expect(better.difference).toBeCloseTo(10 / 400, 12);
    expect(better.interval![0]).toBeGreaterThan(0);
    expect(better.interval![1]).toBeLessThan(0.05);
    const same = pairedDifference(
      hits((index) => index % 4 === 1),
      off,
    );
    expect(same.difference).toBe(0);
    expect(same.interval![0]).toBeLessThan(0);
    expect(same.interval![1]).toBeGreaterThan(0);
  });

  it('is 0 between a run and itself, and unknown without a denominator', () => {
    const one = hits((index) => index < 7);
    expect(pairedDifference(one, one)).toEqual({ difference: 0, interval: [0, 0] });
    const none = { numerators: [0, 0], denominators: [0, 0] };
    expect(pairedDifference(none, none).interval).toBeUndefined();
  });
});

describe('sampleCases', () => {
  const suite = [
    ...Array.from({ length: 10 }, (_, index) => oneCase(`go${index}`, 'go')),
    ...Array.from({ length: 2 }, (_, index) => oneCase(`c${index}`, 'c')),
    oneCase('none'),
  ];

  it('spreads over the languages and, inside each, over its part of the suite', () => {
    const ids = sampleCases(suite, 7).map(({ id }) => id);
    expect(ids).toEqual(['go1', 'go3', 'go6', 'go8', 'c0', 'c1', 'none']);
  });

  it('takes as many as asked for, none twice, in the order of the suite', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20 }), (limit) => {
        const places = sampleCases(suite, limit).map((one) => suite.indexOf(one));
        expect(places).toHaveLength(Math.min(limit, suite.length));
        expect(places).toEqual([...new Set(places)].sort((one, other) => one - other));
      }),
    );
    expect(() => sampleCases(suite, -1)).toThrow('The limit is -1');
    expect(() => sampleCases(suite, NaN)).toThrow('The limit is NaN');
  });
});

describe('insertedText', () => {
  it('does not count closers that the completion takes the place of', () => {
    expect(insertedText({ text: 'x)', replaceLength: 1 }, ')\n')).toBe('x');
    expect(insertedText({ text: 'x', replaceLength: 0 }, ')\n')).toBe('x');
    expect(insertedText({ text: 'x) {', replaceLength: 1 }, ')\n')).toBe('x) {');
  });
});

describe('progressBar', () => {
  it('says how much is done and how long the rest takes at this pace', () => {
    expect(progressBar({ done: 0, total: 4, elapsedMs: 5 }, 'cases')).toBe(`${'─'.repeat(24)} 0 of 4 cases`);
    expect(progressBar({ done: 1, total: 4, elapsedMs: 10_000 }, 'cases')).toMatch(
      /^━{6}─{18} 1 of 4 cases, 30 s left$/,
    );
    expect(progressBar({ done: 1, total: 601, elapsedMs: 1000 }, 'cases')).toMatch(/ 10 min left$/);
  });
});
