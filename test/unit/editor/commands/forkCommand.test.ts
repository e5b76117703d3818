import { beforeEach, describe, expect, it, vi } from 'vitest';
import { completeFromAnotherCandidate, type ForkServices } from '../../../../src/editor/commands/forkCommand';
import { readSettings } from '../../../../src/editor/settings/settings';
import type { TrimmedPath } from '../../../../src/completion/completer';
import { completionOf, offerOf, pathOf } from '../../../support/completions';
import { FakeTextDocument } from '../../../support/textDocument';
import { fake } from '../../../support/vscode';

const offer = offerOf(completionOf(pathOf('val', 'ues', ':')), 'va'.length);
const rememberCompletion = vi.fn();
const complete = vi.fn();

/** Takes the first candidate that the list has, and lets the engine answer with a path. */
async function fork(answer: TrimmedPath): Promise<void> {
  complete.mockResolvedValue(completionOf(answer));
  await completeFromAnotherCandidate({
    offers: { live: offer, newCompletion: (context: unknown) => ({ context }), rememberCompletion },
    completer: { complete },
    engine: { whileBusy: <Result>(work: () => Promise<Result>) => work() },
    settings: { for: () => readSettings(undefined, () => {}) },
  } as unknown as ForkServices);
}

beforeEach(() => {
  fake.reset();
  vi.clearAllMocks();
  fake.activeDocument = new FakeTextDocument('file:/w/a.py', 'va');
  fake.quickPickChoice = 1;
});

describe('completeFromAnotherCandidate', () => {
  it('forces the tokens of the completion where it was computed, and waits patiently', async () => {
    await fork(pathOf('vals', ' = 1'));
    const [rival] = pathOf('vals').tokenIds;
    const [document, options] = complete.mock.calls[0]!;
    expect(document).toBe(offer.context.document);
    expect(options).toMatchObject({ startTokens: [rival], budgetMs: 1600, budgetFrom: 'firstText' });
    expect(rememberCompletion).toHaveBeenCalledExactlyOnceWith({ context: offer.context });
    expect(fake.statusBarMessages).toEqual([]);
  });

  it.each([
    ['nothing', pathOf()],
    ['what disagrees with what was typed', pathOf('x = 1')],
  ])('says so where there comes %s', async (_, answer) => {
    await fork(answer);
    expect(rememberCompletion).not.toHaveBeenCalled();
    expect(fake.statusBarMessages).toEqual(['Top-K: that candidate leads to no completion at the caret.']);
  });
});
