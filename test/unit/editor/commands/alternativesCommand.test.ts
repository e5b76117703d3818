import { beforeEach, describe, expect, it } from 'vitest';
import { showAlternative, turned } from '../../../../src/editor/commands/alternativesCommand';
import { agreeingPaths } from '../../../../src/editor/offer/offer';
import { Offers } from '../../../../src/editor/offer/offers';
import { completionOf, offerOf, pathOf } from '../../../support/completions';
import { FakeTextDocument } from '../../../support/textDocument';
import { fake, Position } from '../../../support/vscode';

const completion = completionOf(pathOf('val', 'ues'), pathOf('vari', 'ance'), pathOf('x'), pathOf('va', 'lid'));
const textsOf = (offer: ReturnType<typeof offerOf>) => agreeingPaths(offer).map(({ text }) => text);

beforeEach(() => {
  fake.reset();
  fake.activeDocument = new FakeTextDocument('file:/w/a.py', 'va');
  fake.caret = new Position(0, 2);
});

describe('turned', () => {
  it('goes through the alternatives that agree with what was typed, and round', () => {
    const offer = offerOf(completion, 2);
    const firsts = ['values', 'variance', 'valid', 'values'];
    let now = offer;
    for (const first of firsts) {
      expect(textsOf(now)[0]).toBe(first);
      now = turned(now, 'next');
    }
    expect(textsOf(turned(turned(offer, 'next'), 'previous'))).toEqual(textsOf(offer));
    expect(textsOf(turned(offer, 'previous'))[0]).toBe('valid');
  });

  it('has the tokens of the path that is in front', () => {
    const { tokens, tokenIds } = turned(offerOf(completion, 2), 'next').completion;
    expect(tokenIds).toEqual(pathOf('vari', 'ance').tokenIds);
    expect(tokens.map(({ text }) => text)).toEqual(['vari', 'ance']);
  });
});

describe('the commands for alternatives', () => {
  it('put the next one in front of what is kept, and have VS Code ask again', async () => {
    const offers = new Offers();
    const offer = offerOf(completion, 2);
    offers.setLive(offer);
    await showAlternative(offers, 'next');
    const { document } = offer.context;
    const caret = { ...offer.context, document: { ...document, prefix: 'va' }, position: offer.position };
    expect(offers.offerAt(caret)?.completion.text).toBe('variance');
    expect(fake.executed.at(-1)?.command).toBe('editor.action.inlineSuggest.trigger');
  });

  it('say so where there is no other one, after they have asked for it', async () => {
    await showAlternative(new Offers(), 'next');
    expect(fake.executed.map(({ command }) => command)).toEqual(['editor.action.inlineSuggest.trigger']);
    expect(fake.statusBarMessages).toEqual(['Top-K: there is no other completion at the caret.']);
  });
});
