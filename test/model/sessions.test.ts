import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CancelledError } from '../../src/decoding/cancellation';
import { ModelHost } from '../../src/engine/modelHost';
import { completeParams, modelDirectory } from '../support/bundledModel';
import { frozenText } from '../support/frozenText';

let engine: ModelHost;
let cacheDirectory: string;
let text: string;
beforeAll(async () => {
  cacheDirectory = await mkdtemp(path.join(tmpdir(), 'topk-sessions-'));
  engine = new ModelHost();
  await engine.initialize({ modelDirectory, executionProvider: 'cpu', threads: 2, cacheDirectory }, () => {});
  text = await frozenText('requestServer.ts', 1200);
});
afterAll(() => rm(cacheDirectory, { recursive: true }));

const unhindered = { isCancelled: () => false };

describe('sessions of the engine with the bundled model', () => {
  it('keep the prompt of a completion while texts are scored in between', async () => {
    const { prompt } = completeParams(text);
    const first = await engine.complete(completeParams(text, { maxTokens: 2 }), unhindered);
    const again = await engine.complete(completeParams(text, { maxTokens: 2 }), unhindered);
    expect(again.timings.reusedTokens).toBeGreaterThan(0.9 * first.timings.prefillTokens);
    await engine.score({ text: 'The capital of France is Paris.', topK: 1 }, unhindered);
    await engine.scoreContinuation({ prompt: completeParams('Another text').prompt, expected: ' here' }, unhindered);
    await engine.scoreContinuation({ prompt, expected: '()' }, unhindered);
    const after = await engine.complete(completeParams(text, { maxTokens: 2 }), unhindered);
    expect(after.timings.reusedTokens).toBe(again.timings.reusedTokens);
    expect(after.text).toBe(again.text);
  });

  it('give the same scores of a continuation from a warm cache as from a cold one', async () => {
    const params = { prompt: completeParams(text).prompt, expected: ' return value;' };
    await engine.complete(completeParams(text, { maxTokens: 2 }), unhindered);
    const warm = await engine.scoreContinuation(params, unhindered);
    const { session } = engine.openSession();
    const cold = await engine.scoreContinuation({ ...params, session }, unhindered);
    engine.closeSession({ session });
    // Rows of other run lengths are rounded otherwise.
    expect(Math.abs(warm.bits - cold.bits)).toBeLessThan(0.1 * cold.bits);
  });

  it('do not see each other’s files and prompts', async () => {
    const { session } = engine.openSession();
    const begun = 'def first():\n    return quux_frob';
    const params = { prompt: completeParams(begun).prompt, expected: 'nicate(zarg, 7391)' };
    await engine.rememberFiles(
      {
        replaceAll: true,
        files: [{ name: 'a.py', text: 'def f():\n    return quux_frobnicate(zarg, 7391)\n' }],
        session,
      },
      unhindered,
    );
    const own = await engine.scoreContinuation({ ...params, session }, unhindered);
    const others = await engine.scoreContinuation(params, unhindered);
    expect(own.bits).toBeLessThan(others.bits / 2);
    await engine.complete(completeParams(text, { maxTokens: 1 }), unhindered);
    const elsewhere = await engine.complete({ ...completeParams(text, { maxTokens: 1 }), session }, unhindered);
    expect(elsewhere.timings.reusedTokens).toBe(0);
    engine.closeSession({ session });
    await expect(engine.scoreContinuation({ ...params, session }, unhindered)).rejects.toThrow('There is no session');
  });

  it('answer a completion in the middle of a long score, and drop what was cancelled meanwhile', async () => {
    const ends: string[] = [];
    const score = engine
      .score({ text: await frozenText('greedyDecoding.ts', 3_000), topK: 1 }, unhindered)
      .then(({ tokens }) => ends.push(`score of ${tokens.length > 500 ? 'all' : 'some'}`));
    let isCancelled = false;
    const dropped = expect(
      engine.score({ text: 'never', topK: 1 }, { isCancelled: () => isCancelled }),
    ).rejects.toBeInstanceOf(CancelledError);
    isCancelled = true;
    const completion = engine
      .complete(completeParams('a = [1, 2,', { maxTokens: 1 }), unhindered)
      .then(() => ends.push('completion'));
    await Promise.all([score, dropped, completion]);
    expect(ends).toEqual(['completion', 'score of all']);
  });
});
