import { describe, expect, it } from 'vitest';
import type { CompletionPath } from '../../../../src/protocol/completionPath';
import { completionCard, tokenCard } from '../../../../src/completion/explain/scoreCard';
import { fittedProfile } from '../../../support/fittedProfile';
import { scoredToken } from '../../cli/cliHarness';

const pathOf = (...tokens: ReturnType<typeof scoredToken>[]): CompletionPath => ({
  text: tokens.map(({ text }) => text).join(''),
  tokens,
  stopReason: 'line end',
  tokenIds: tokens.map(({ id }) => id),
  healingTokens: 0,
  confidenceModel: fittedProfile.confidence,
});
const card = (path: CompletionPath, alternatives: CompletionPath[] = [], itemCount = 1): string =>
  completionCard({ path, alternatives, itemCount, model: 'toy', milliseconds: 12.4 });

describe('the score card', () => {
  it('shows every token, the least decided one in full, and the alternatives', () => {
    const open = scoredToken('mean', { margin: 0.1, typedText: ' ' });
    const text = card(pathOf(scoredToken('('), open), [pathOf(scoredToken('median'))]);
    expect(text.split('\n\n')).toEqual([
      expect.stringMatching(/^\*\*Top-K\*\*, confidence [<>]?[\d.]+% · least decided: `·mean`$/),
      [
        '| rank | candidate | probability |  | logit |',
        '| --: | :-- | --: | :-- | --: |',
        '| **1** | **`mean`** | **50%** | █████ | **12.50** |',
        '| 2 | `·other` | 25% | ██▌ | 11.80 |',
      ].join('\n'),
      'entropy 1.50 bits · margin 10% · remaining mass 25% · among tokens that begin with `·`',
      'Tokens: `(`\u00a050% · `·mean`\u00a050%',
      'Alternatives:',
      expect.stringMatching(/^- `median` confidence [<>]?[\d.]+%$/),
      '_Confidence is calibrated; probabilities are the model’s own._ `toy`, 12 ms',
    ]);
  });

  it('tells the parts of the model and of the workspace memory where both had a say', () => {
    const candidates = [
      { text: 'a', id: 1, logit: 2, probability: 0.6, memoryShare: 0.5 },
      { text: 'b', id: 2, logit: 3, probability: 0.2, memoryShare: 0 },
    ];
    expect(tokenCard(scoredToken('a', { candidates }), 'toy')).toContain(
      [
        '| rank | candidate | model | memory | probability |  | logit |',
        '| --: | :-- | --: | --: | --: | :-- | --: |',
        '| **1** | **`a`** | **30%** | **30%** | **60%** | ██████ | **2.00** |',
        '| 2 | `b` | 20% | 0% | 20% | ██ | 3.00 |',
      ].join('\n'),
    );
  });

  it('says so where the confidence was not calibrated', () => {
    const { confidenceModel: _, ...path } = pathOf(scoredToken('a'));
    expect(card(path)).toContain('_Confidence is not calibrated for this model; probabilities are the model’s own._');
  });

  it('lets nothing of a token be read as Markdown or HTML', () => {
    const hostile = '|`` [x](command:y) <img src=x> **';
    const candidates = [{ text: hostile, id: 1, logit: 1, probability: 1, memoryShare: 0 }];
    const text = card(pathOf(scoredToken(hostile, { candidates })));
    // Between fences that are longer than any run of backticks in it.
    const spans = text.match(/```[^\n]*?```/g) ?? [];
    expect(spans.length).toBeGreaterThanOrEqual(2);
    expect(text.replaceAll(/```[^\n]*?```/g, '')).not.toMatch(/[<[]/);
  });

  it('says which alternative it is of where the user may have leafed on', () => {
    const path = pathOf(scoredToken('mean'));
    expect(card(path, [], 4)).toMatch(/^\*\*Top-K\*\*, the first of 4 alternatives: confidence /);
    expect(card(path, [], 1)).toMatch(/^\*\*Top-K\*\*, confidence /);
  });

  it('says so where there is nothing', () => {
    expect(card(pathOf())).toBe('Top-K has no completion here.');
  });
});
