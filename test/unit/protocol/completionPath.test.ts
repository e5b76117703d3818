import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CompletionPath, cutTokens, forkTokens, type ScoredToken } from '../../../src/protocol/completionPath';

function tokenOf(text: string, id: number): ScoredToken {
  const scores = {
    logit: 1,
    probability: 0.5,
    rank: 1,
    entropyBits: 1,
    margin: 0.1,
    remainingMass: 0.2,
    memoryShare: 0,
  };
  return { ...scores, id, text, drafted: false, typedText: '', candidates: [] };
}

const anyTokens = fc
  .array(fc.string({ maxLength: 4 }), { maxLength: 12 })
  .map((texts) => texts.map((text, index) => tokenOf(text, index)));
const textOf = (tokens: readonly ScoredToken[]): string => tokens.map(({ text }) => text).join('');

describe('cutTokens', () => {
  it('leaves tokens whose texts are the beginning of the completion, and none empty at the end', () => {
    fc.assert(
      fc.property(anyTokens, fc.nat(40), (tokens, length) => {
        const kept = cutTokens(tokens, length);
        expect(textOf(kept)).toBe(textOf(tokens).slice(0, length));
        expect(kept.at(-1)?.text).not.toBe('');
        kept.forEach((token, index) => expect(token.id).toBe(index));
      }),
    );
  });

  it('changes nothing but the text of the token that the cut falls into', () => {
    const tokens = [tokenOf('ab', 0), tokenOf('cd', 1), tokenOf('ef', 2)];
    const kept = cutTokens(tokens, 3);
    expect(kept[0]).toBe(tokens[0]);
    expect(kept[1]).toEqual({ ...tokens[1], text: 'c' });
    expect(kept).toHaveLength(2);
  });
});

describe('forkTokens', () => {
  it('repeats the healing tokens and what comes before the fork, even where ids repeat', () => {
    const tokens = [tokenOf('a', 5), tokenOf('a', 5)];
    const path: CompletionPath = {
      text: 'aa',
      tokens,
      stopReason: 'line end',
      tokenIds: [5, 5, 5, 5],
      healingTokens: 2,
    };
    expect(forkTokens(path, 0, 7)).toEqual([5, 5, 7]);
    expect(forkTokens(path, 1, 7)).toEqual([5, 5, 5, 7]);
  });
});
