import { describe, expect, it } from 'vitest';
import { judgeCase, type CaseResult } from '../../../../src/evaluation/judge/caseResult';
import { summarize } from '../../../../src/evaluation/statistics/summary';

function result(over: Partial<CaseResult>, language: string | undefined = 'go', expected = 'abcd'): CaseResult {
  const at = { id: 'one', path: 'a.go', prefix: '\tf(', suffix: ')\n', expected, ...(language && { language }) };
  return {
    case: at,
    completionText: expected,
    confidence: 0.9,
    shown: true,
    topKRankOfExpectedTokens: [1],
    bits: 4,
    promptTokens: 400,
    latencyMs: 100,
    prefillMs: 60,
    decodeMs: 30,
    typingMs: [],
    ...over,
  };
}

const cases = [
  result({ topKRankOfExpectedTokens: [1, 1, 4], bits: 8 }),
  result({ completionText: 'abXY)', confidence: 0.8, topKRankOfExpectedTokens: [2, 30], bits: 12, latencyMs: 300 }),
  result({ completionText: 'zzzz', confidence: 0.1, shown: false, topKRankOfExpectedTokens: [11] }, 'python'),
  result({ completionText: '', confidence: 0, shown: false, topKRankOfExpectedTokens: [] }, 'python'),
].map(judgeCase);

describe('summarize', () => {
  const summary = summarize(cases, { samples: 200, seed: 5 });

  it('computes the figures over all cases', () => {
    expect(summary.n).toBe(4);
    expect(summary.exactMatch).toBe(1 / 4);
    expect(summary.prefixShare).toBe(1.5 / 4);
    expect(summary.editSimilarity).toBeCloseTo((1 + (1 - 3 / 5)) / 4, 12);
    expect(summary.bitsPerCharacter).toBe((8 + 12 + 4 + 4) / 16);
    expect(summary.shownShare).toBe(0.5);
    expect(summary.shownPrecision).toBe(0.5);
    expect(summary.latencyMs).toEqual({ p50: 100, p95: expect.closeTo(270, 9) as number });
  });

  it('counts the hits over tokens, not over cases', () => {
    expect(summary.topKHit).toEqual({ 1: 2 / 6, 2: 3 / 6, 3: 3 / 6, 5: 4 / 6, 10: 4 / 6 });
  });

  it('takes rates and calibration over the cases with a completion', () => {
    expect(summary.duplicateRate).toBe(1 / 3);
    expect(summary.unbalancedRate).toBe(1 / 3);
    expect(summary.ece).toBeCloseTo((0.1 + 0.8 + 0.1) / 3, 12);
    expect(summary.reliability.map(({ lower, count }) => [lower, count])).toEqual([
      [0.1, 1],
      [0.8, 1],
      [0.9, 1],
    ]);
  });

  it('gives the same figures per language, with null for what has nothing to be computed from', () => {
    expect(Object.keys(summary.byLanguage)).toEqual(['go', 'python']);
    expect(summary.byLanguage['go']).toEqual({
      ...summarize(cases.slice(0, 2), { samples: 200, seed: 5 }),
      byLanguage: undefined,
    });
    expect(summary.byLanguage['python']).toMatchObject({ n: 2, exactMatch: 0, shownShare: 0, shownPrecision: null });
    expect(summary.byLanguage['python']?.confidenceIntervals.shownPrecision).toBeNull();
    expect(summarize([judgeCase(result({}, ''))]).byLanguage).toHaveProperty('unknown.n', 1);
  });

  it('has an interval around each figure, survives JSON, and is the same again', () => {
    const { confidenceIntervals: intervals } = summary;
    for (const name of ['exactMatch', 'prefixShare', 'bitsPerCharacter', 'shownShare'] as const) {
      const [low, high] = intervals[name] ?? [NaN, NaN];
      expect(low).toBeLessThanOrEqual(summary[name] as number);
      expect(high).toBeGreaterThanOrEqual(summary[name] as number);
    }
    expect(intervals.topKHit['5']).toHaveLength(2);
    expect(JSON.parse(JSON.stringify(summary))).toEqual(summary);
    expect(summarize(cases, { samples: 200, seed: 5 })).toEqual(summary);
  });

  it('refuses no cases', () => {
    expect(() => summarize([])).toThrow('no cases');
  });
});

describe('judgeCase', () => {
  it.each([
    [{ confidence: 1.2 }, 'one: the confidence is 1.2; it must lie between 0 and 1.'],
    [{ confidence: NaN }, 'one: the confidence is NaN'],
    [{ topKRankOfExpectedTokens: [1, 0] }, 'one: a rank is 0'],
    [{ bits: Infinity }, 'one: bits is Infinity'],
    [{ latencyMs: -1 }, 'one: latencyMs is -1'],
  ])('refuses %j', (over, message) => {
    expect(() => judgeCase(result(over))).toThrow(message);
  });

  it('does not call space a completion', () => {
    expect(judgeCase(result({ completionText: '  \n' })).completed).toBe(false);
    expect(judgeCase(result({ completionText: '\nnext' })).completed).toBe(false);
  });
});
