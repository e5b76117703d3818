import { describe, expect, it } from 'vitest';
import { forkTokens } from '../../../../src/protocol/completionPath';
import { withLaterAlternatives } from '../../../../src/editor/complete/laterAlternatives';
import { remainingAlternatives, remainingPath } from '../../../../src/editor/offer/offer';
import { completionOf, offerOf, pathOf } from '../../../support/completions';

const original = pathOf('val', 'ues', ':');
const later = completionOf(pathOf('lues', ':'), pathOf('lue', ' is', ' None'), pathOf('riance', ':'));

describe('withLaterAlternatives', () => {
  const offer = offerOf(completionOf(original), 'va'.length);
  const completion = withLaterAlternatives(offer, later);
  const shown = { ...offer, completion };

  it('keeps the completion on the screen, with the ids that a fork at its own caret begins with', () => {
    expect(remainingPath(shown).text).toBe('lues:');
    const [val, ues] = original.tokenIds;
    expect(forkTokens(completion, 2, 99)).toEqual([val, ues, 99]);
    expect(completion).toMatchObject({ text: original.text, tokens: original.tokens });
  });

  it('offers the alternatives behind what was typed, with the scores they were computed with', () => {
    expect(remainingAlternatives(shown).map(({ text }) => text)).toEqual(['lue is None', 'riance:']);
    expect(remainingAlternatives(shown)[0]!.tokens).toEqual(later.alternatives[0]!.tokens);
    expect(completion.alternatives[0]!.tokens.map(({ text }) => text)).toEqual(['va', 'lue', ' is', ' None']);
  });

  it('leaves them as they are where nothing was typed', () => {
    const { alternatives } = withLaterAlternatives(offerOf(completionOf(original)), completionOf(pathOf('x', '=')));
    expect(alternatives).toEqual([completionOf(pathOf('x', '='))]);
  });
});
