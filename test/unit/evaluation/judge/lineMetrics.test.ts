import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editSimilarity, exactMatch, judgedLine, prefixShare } from '../../../../src/evaluation/judge/lineMetrics';

describe('the judged line', () => {
  it.each([
    ['value);\n  next();', 'value);'],
    ['value);\r\nnext();', 'value);'],
    ['value  \t', 'value'],
    ['  value', '  value'],
    ['\nvalue', ''],
    ['', ''],
  ])('of %j is %j', (completion, line) => {
    expect(judgedLine(completion)).toBe(line);
  });
});

describe('exactMatch', () => {
  it.each([
    ['value);', 'value);', true],
    ['value); ', 'value);', true],
    ['value);\n}', 'value);  ', true],
    [' value);', 'value);', false],
    ['value)', 'value);', false],
    ['value);;', 'value);', false],
    ['', 'value);', false],
  ])('of %j against %j is %j', (completion, expected, match) => {
    expect(exactMatch(completion, expected)).toBe(match);
  });
});

describe('prefixShare', () => {
  it.each([
    ['abcd', 'abcd', 1],
    ['abXd', 'abcd', 0.5],
    ['Xbcd', 'abcd', 0],
    ['abc', 'abcd', 0.75],
    ['abcdef', 'abcd', 1],
    ['ab\ncd', 'abcd', 0.5],
    ['abcd', 'abcd    ', 1],
    ['', 'abcd', 0],
    ['', '  ', 1],
    ['a', '  ', 0],
  ])('of %j against %j is %j', (completion, expected, share) => {
    expect(prefixShare(completion, expected)).toBe(share);
  });
});

describe('editSimilarity', () => {
  it.each([
    ['kitten', 'sitting', 1 - 3 / 7],
    ['same', 'same  ', 1],
    ['', '', 1],
    ['', 'abc', 0],
    ['abc\nxyz', 'abc', 1],
  ])('of %j against %j is %j', (completion, expected, similarity) => {
    expect(editSimilarity(completion, expected)).toBeCloseTo(similarity, 12);
  });
});

it('an exact match has full prefix share and similarity, and each figure stays within 0 to 1', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: 'grapheme', minLength: 1 }),
      (completion, expected) => {
        const line = judgedLine(expected);
        const shares = [prefixShare(completion, line), editSimilarity(completion, line)];
        for (const share of shares) expect(share >= 0 && share <= 1).toBe(true);
        if (exactMatch(completion, line)) expect(shares).toEqual([1, 1]);
        expect(exactMatch(`${line}\n${completion}`, line)).toBe(true);
      },
    ),
  );
});
