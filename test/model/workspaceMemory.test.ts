import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Session } from '../../src/engine/sessions';
import { piecesOf, rememberFile } from '../../src/engine/requests/rememberFile';
import { scoreContinuation } from '../../src/engine/requests/scoreContinuation';
import { complete, completeParams, loadBundledModel, unhindered } from '../support/bundledModel';
import { frozenText } from '../support/frozenText';
import { expectSameUpToNearTie } from '../support/nearTies';

let model: Session;
beforeAll(async () => {
  model = await loadBundledModel();
});
beforeEach(() => model.memory.clear());
afterAll(() => model.memory.clear());

const remember = (name: string, text?: string): Promise<number> =>
  rememberFile({ name, ...(text !== undefined && { text }) }, async (work) => work(model));

/** What no model would write by itself. */
const invented = 'quux_frobnicate(zarg, 7391)';
const file = `def first():\n    return ${invented}\n\n\ndef second():\n    return ${invented}\n`;
const begun = `def first():\n    return quux_frob`;

describe('the workspace memory with the real model', () => {
  it('lets a completion go on as the workspace does, says its share, and gives its drafts', async () => {
    const before = await complete(model, begun, { topK: 10 });
    expect(before.text).not.toBe(invented.slice('quux_frob'.length));
    expect(before.tokens.flatMap(({ candidates }) => candidates).every(({ memoryShare }) => memoryShare === 0)).toBe(
      true,
    );

    await remember('a.py', file);
    const after = await complete(model, begun);
    // The memory's 40 % win where no token of the model has 60 %: none comes near that until the bracket, on any processor.
    expect(after.text.startsWith('nicate(')).toBe(true);
    expect(after.tokens.some(({ memoryShare }) => memoryShare > 0.5)).toBe(true);
    expect(after.timings.acceptedDraftTokens).toBeGreaterThan(0);
    for (const { logit, probability, candidates, remainingMass } of after.tokens) {
      expect(candidates.reduce((sum, candidate) => sum + candidate.probability, remainingMass)).toBeCloseTo(1, 5);
      expect(candidates.some((candidate) => candidate.logit === logit && candidate.probability === probability)).toBe(
        true,
      );
    }

    await remember('a.py');
    expectSameUpToNearTie(await complete(model, begun, { topK: 10 }), before);
  });

  it('writes the same with drafts from it as without any', async () => {
    await remember('a.ts', await frozenText('promptParts.ts', 6_000));
    const text = await frozenText('similarSnippets.ts', 900);
    const options = { multiLine: true, maxTokens: 40, topK: 10 };
    const plain = await complete(model, text, { ...options, promptLookup: false });
    expectSameUpToNearTie(await complete(model, text, options), plain);
  });

  it('counts in the scores of an expected text', async () => {
    const { prompt } = completeParams(begun);
    const params = { prompt, expected: invented.slice('quux_frob'.length) };
    const { bits: without } = await scoreContinuation(model, params, unhindered);
    await remember('a.py', file);
    expect((await scoreContinuation(model, params, unhindered)).bits).toBeLessThan(without / 2);
  });

  it('encodes a file in pieces as it would as a whole', async () => {
    for (const name of ['benchmarkGuide.md', 'processClient.ts', 'attentionGraph.py']) {
      const text = await frozenText(name, 30_000);
      const pieces = [...piecesOf(text)];
      expect(pieces.length).toBeGreaterThan(1);
      expect(pieces.join('')).toBe(text);
      expect(pieces.flatMap((piece) => model.tokenizer.encode(piece))).toEqual(model.tokenizer.encode(text));
    }
  });

  it.each([
    ['one line without an end', 'x'.repeat(50_000)],
    ['nothing but indented lines', '    a: 1\n'.repeat(5_000)],
    ['nothing', ''],
  ])('cuts %s into pieces of a bounded length', (_, text) => {
    const pieces = [...piecesOf(text)];
    expect(pieces.join('')).toBe(text);
    for (const piece of pieces) expect(piece.length).toBeLessThanOrEqual(16_000);
  });
});
