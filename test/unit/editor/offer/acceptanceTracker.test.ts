import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AcceptanceTracker } from '../../../../src/editor/offer/acceptanceTracker';
import { AcceptedCompletions } from '../../../../src/editor/offer/acceptedCompletions';
import type { AcceptanceFigures } from '../../../../src/editor/offer/acceptanceStore';
import { Offers } from '../../../../src/editor/offer/offers';
import { completionOf, offerOf, pathOf } from '../../../support/completions';
import { FakeTextDocument } from '../../../support/textDocument';
import { fake, Range } from '../../../support/vscode';

const recordAccepted = vi.fn();
const best = pathOf('val', 'ues', ':', '\n', 'x');
const alternative = pathOf('va', 'riance', ' is', ' None');
let document: FakeTextDocument;
let offers: Offers;
let accepted: AcceptedCompletions;
let tracker: AcceptanceTracker;

beforeEach(() => {
  fake.reset();
  recordAccepted.mockClear();
  document = new FakeTextDocument('file:/w/a.py', '');
  fake.activeDocument = document;
  offers = new Offers();
  accepted = new AcceptedCompletions();
  tracker = new AcceptanceTracker(offers, accepted, { recordAccepted } as unknown as AcceptanceFigures);
});
afterEach(() => [tracker, accepted, offers].forEach((part) => part.dispose()));

/** What accepting by word or line looks like to an extension. */
function insert(character: number, text: string): void {
  document.text += text;
  const range = new Range(0, character, 0, character);
  const change = { range, rangeOffset: character, rangeLength: 0, text };
  fake.documentChanged.fire({ document, contentChanges: [change], reason: undefined });
}

describe('AcceptanceTracker', () => {
  it('counts a word of an alternative, and keeps its scores', () => {
    document.text = 'va';
    offers.setLive(offerOf(completionOf(best, pathOf('other'), alternative), 2));
    insert(2, 'riance');
    expect(recordAccepted).toHaveBeenCalledExactlyOnceWith('python', 'word', 6);
    const position = document.positionAt(3) as never;
    expect(accepted.tokenAt(document.asDocument, position)?.token.text).toBe('riance');
  });

  it('counts a line of the best path, and nothing that no path begins with', () => {
    offers.setLive(offerOf(completionOf(best, alternative)));
    insert(0, 'value');
    insert(0, 'something');
    insert(0, 'values:');
    expect(recordAccepted.mock.calls).toEqual([
      ['python', 'word', 5],
      ['python', 'line', 7],
    ]);
  });

  it('knows an alternative by its place among those that agree with what was typed', () => {
    document.text = 'va';
    offers.setLive(offerOf(completionOf(best, pathOf('other'), alternative), 2));
    insert(2, 'riance is None');
    tracker.acceptedWhole({ completionId: 1, text: 'variance is None' });
    expect(recordAccepted).toHaveBeenCalledExactlyOnceWith('python', 'whole', 'riance is None'.length);
    expect(accepted.tokenAt(document.asDocument, document.positionAt(2) as never)?.token.text).toBe('riance');
  });
});
