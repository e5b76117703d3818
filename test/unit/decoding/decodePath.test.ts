import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CancelledError } from '../../../src/decoding/cancellation';
import { prefill, runLength } from '../../../src/decoding/prefill';
import { anyCase, decode, outcome, tokenizer, unhindered } from '../../support/toyDecoding';
import { bytesOfText, bytesOfTokens, ToyModel } from '../../support/toyModel';

/** Greedy decoding by its definition: one token a step over the whole sequence, typed bytes compared one by one. */
function plainGreedy(
  model: ToyModel,
  promptTokens: readonly number[],
  typedBytes: string,
  count: number,
  startTokens: readonly number[] = [],
): number[] {
  const ids: number[] = [...startTokens];
  let left = typedBytes.slice(bytesOfTokens(tokenizer, startTokens).length);
  const isIndented = /[\r\n][ \t]+$/.test(typedBytes);
  while (ids.length < count) {
    const logits = model.logitsAfter([...promptTokens, ...ids]);
    let best = -1;
    for (let id = 0; id < logits.length; id++) {
      const bytes = tokenizer.vocabulary.bytesOf(id);
      const agrees = bytes !== '' && (bytes.startsWith(left) || left.startsWith(bytes));
      const isDeeper = isIndented && /^[ \t\r\n]/.test(bytes.slice(left.length));
      if ((left === '' || (agrees && !isDeeper)) && (best < 0 || logits[id]! > logits[best]!)) best = id;
    }
    if (left === '' && tokenizer.isSpecial(best)) break;
    ids.push(best);
    left = left.slice(tokenizer.vocabulary.bytesOf(best).length);
  }
  return ids;
}

describe('decodePath', () => {
  it('decodes the same tokens with the same scores with and without prompt lookup', async () => {
    let accepted = 0;
    await fc.assert(
      fc.asyncProperty(anyCase, async (testCase) => {
        const withLookup = await decode(testCase, { promptLookup: true });
        const without = await decode(testCase, { promptLookup: false });
        expect(outcome(withLookup)).toEqual(outcome(without));
        expect(without.tokens.some(({ drafted }) => drafted)).toBe(false);
        accepted += withLookup.counts.acceptedDraftTokens;
      }),
      { numRuns: 150 },
    );
    // Without accepted drafts the property would say nothing.
    expect(accepted).toBeGreaterThan(100);
  });

  it('is greedy decoding as its definition has it', async () => {
    await fc.assert(
      fc.asyncProperty(anyCase, async (testCase) => {
        // Typed indentation that takes several tokens is covered by the tests of constrainToTypedText.
        fc.pre(!/[\r\n][ \t]+$/.test(testCase.text));
        const { tokenIds, model, promptTokens, typedBytes } = await decode(testCase);
        expect(tokenIds).toEqual(plainGreedy(model, promptTokens, typedBytes, tokenIds.length));
      }),
      { numRuns: 150 },
    );
  });

  it('takes fewer runs where drafts are accepted', async () => {
    const testCase = { text: 'ab', seed: 5, maxTokens: 60, startTokens: [] };
    const withLookup = await decode(testCase);
    const without = await decode(testCase, { promptLookup: false });
    expect(withLookup.counts.acceptedDraftTokens).toBeGreaterThan(0);
    expect(withLookup.model.runs.length).toBeLessThan(without.model.runs.length);
    expect(withLookup.tokens.filter(({ drafted }) => drafted)).toHaveLength(withLookup.counts.acceptedDraftTokens);
  });

  it('gives the same result whatever the cache held before, and leaves only what it decoded in it', async () => {
    const cached = fc.array(fc.nat({ max: 280 }), { minLength: 1, maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(anyCase, cached, fc.nat(20), async (testCase, junk, shared) => {
        const cold = await decode(testCase);
        const model = new ToyModel(tokenizer, 400, testCase.seed);
        await model.append([...cold.promptTokens.slice(0, shared), ...junk], 1);
        const warm = await decode(testCase, { model });
        expect(outcome(warm)).toEqual(outcome(cold));
        const context = [...warm.promptTokens, ...warm.tokenIds];
        expect(context.slice(0, model.cachedTokens.length)).toEqual(model.cachedTokens);
      }),
      { numRuns: 100 },
    );
  });

  it('agrees with the typed bytes, and its texts join to what stands behind them', async () => {
    await fc.assert(
      fc.asyncProperty(anyCase, async (testCase) => {
        const { tokenIds, typedBytes, text, tokens, healingTokens } = await decode(testCase);
        const decoded = bytesOfTokens(tokenizer, tokenIds);
        expect(decoded.startsWith(typedBytes)).toBe(true);
        expect(tokens.map((token) => token.text).join('')).toBe(text);
        expect(decoded.slice(typedBytes.length).startsWith(bytesOfText(text))).toBe(true);
        expect(text.isWellFormed()).toBe(true);
        tokens.forEach(({ id }, index) => expect(tokenIds[healingTokens + index]).toBe(id));
        for (const { typedText } of tokens) expect(typedText).not.toContain('\ufffd');
      }),
      { numRuns: 150 },
    );
  });

  it('reports candidates best first, a chosen rank 1, and probabilities that add up', async () => {
    const { tokens } = await decode({ text: 'a ab', seed: 9, maxTokens: 12, startTokens: [] });
    expect(tokens.length).toBeGreaterThan(0);
    for (const { candidates, remainingMass, id, rank } of tokens) {
      expect(rank).toBe(1);
      expect(candidates[0]!.id).toBe(id);
      expect(candidates.map(({ logit }) => logit)).toEqual(
        candidates.map(({ logit }) => logit).toSorted((a, b) => b - a),
      );
      expect(candidates.reduce((sum, { probability }) => sum + probability, remainingMass)).toBeCloseTo(1, 6);
    }
  });

  it('begins a fork with its start tokens, then goes on greedily', async () => {
    await fc.assert(
      fc.asyncProperty(anyCase, fc.nat(5), fc.boolean(), async (testCase, position, promptLookup) => {
        const main = await decode({ ...testCase, maxTokens: 12 });
        const token = main.tokens[position % Math.max(1, main.tokens.length)];
        fc.pre(token !== undefined && token.candidates.length > 1);
        const other = token!.candidates[1]!.id;
        fc.pre(!tokenizer.isSpecial(other));
        const startTokens = [...main.tokenIds.slice(0, main.healingTokens + main.tokens.indexOf(token!)), other];
        const fork = await decode({ ...testCase, startTokens }, { promptLookup });
        const started = fork.tokenIds.length;
        const { model, promptTokens, typedBytes } = fork;
        expect(fork.tokenIds.slice(0, startTokens.length)).toEqual(startTokens.slice(0, started));
        if (started > startTokens.length)
          expect(fork.tokenIds).toEqual(plainGreedy(model, promptTokens, typedBytes, started, startTokens));
      }),
      { numRuns: 100 },
    );
  });

  it('never goes beyond the context, and ends with "max tokens" only there', async () => {
    let full = 0;
    await fc.assert(
      fc.asyncProperty(
        anyCase,
        fc.integer({ min: 30, max: 60 }),
        fc.boolean(),
        async (testCase, contextLength, promptLookup) => {
          const limited = { ...testCase, maxTokens: 1000, contextLength };
          const { promptTokens, tokenIds, stopReason } = await decode(limited, { promptLookup });
          expect(promptTokens.length + tokenIds.length).toBeLessThanOrEqual(contextLength);
          // The last token that fits may end the path for a reason of its own.
          if (stopReason !== 'max tokens') return;
          full++;
          expect(promptTokens.length + tokenIds.length).toBe(contextLength);
        },
      ),
      { numRuns: 100 },
    );
    expect(full).toBeGreaterThan(0);
  });

  it('stops between runs when it is cancelled, and leaves a cache that the next request can use', async () => {
    const testCase = { text: 'a ab', seed: 9, maxTokens: 20, startTokens: [] };
    const cold = await decode(testCase);
    for (let allowed = 0; allowed < 4; allowed++) {
      const model = new ToyModel(tokenizer, 400, testCase.seed);
      const control = { isCancelled: () => model.runs.length >= allowed };
      await expect(decode(testCase, { model, control })).rejects.toBeInstanceOf(CancelledError);
      expect(model.runs).toHaveLength(allowed);
      expect(outcome(await decode(testCase, { model }))).toEqual(outcome(cold));
    }
  });

  it('returns the whole tokens so far when the budget is used up', async () => {
    const testCase = { text: 'a ab', seed: 9, maxTokens: 20, startTokens: [] };
    const whole = await decode(testCase);
    for (let allowed = 0; allowed < 4; allowed++) {
      const model = new ToyModel(tokenizer, 400, testCase.seed);
      const partial = await decode(testCase, { model, control: { isLate: () => model.runs.length >= allowed } });
      expect(partial.stopReason).toBe('budget');
      expect(model.runs).toHaveLength(allowed);
      expect(whole.text.startsWith(partial.text)).toBe(true);
      expect(partial.tokens).toEqual(whole.tokens.slice(0, partial.tokens.length));
    }
  });

  it('reports progress after every run, longer each time', async () => {
    const model = new ToyModel(tokenizer, 400, 9);
    let reports = 0;
    await decode(
      { text: 'a ab', seed: 9, maxTokens: 20, startTokens: [] },
      { model, control: { onTokens: () => reports++ } },
    );
    expect(reports).toBe(model.runs.length);
    expect(reports).toBeGreaterThan(1);
  });
});

describe('prefill', () => {
  it('runs piece by piece, keeps the rows of the common prefix, and stops where the budget ends', async () => {
    const model = new ToyModel(tokenizer, 400);
    const tokens = Array.from({ length: 150 }, (_, i) => i % 90);
    expect(await prefill(model, tokens, unhindered)).toEqual({ reusedTokens: 0, isComplete: true });
    expect(model.cachedTokens).toEqual(tokens);
    expect(model.runs).toEqual([48, 48, 48, 6]);
    const changed = [...tokens.slice(0, 140), 200, 201];
    expect(await prefill(model, changed, unhindered)).toEqual({ reusedTokens: 140, isComplete: true });
    expect(model.cachedTokens).toEqual(changed);

    const late = new ToyModel(tokenizer, 400);
    const control = { ...unhindered, isLate: () => late.runs.length === 1 };
    expect(await prefill(late, tokens, control)).toEqual({ reusedTokens: 0, isComplete: false });
    expect(tokens.slice(0, late.cachedTokens.length)).toEqual(late.cachedTokens);
    expect(await prefill(late, tokens, unhindered)).toEqual({ reusedTokens: 48, isComplete: true });
  });

  it('takes longer runs where the model is fast, and shorter ones where it is slow', async () => {
    const model = new ToyModel(tokenizer, 400);
    const tokens = Array.from({ length: 200 }, (_, i) => i % 90);
    const paces = [undefined, 0.5, 5, 1];
    const append = model.append.bind(model);
    model.append = async (...run) => {
      model.millisecondsPerToken = paces[model.runs.length + 1];
      return append(...run);
    };
    await prefill(model, tokens, unhindered);
    expect(model.runs).toEqual([48, 96, 24, 32]);
  });

  it('keeps a run so short that a cancel is seen soon, but no shorter than it pays', () => {
    expect([0, 0.78, 0.79, 1.56, 1.57, 10, Infinity].map((pace) => runLength(pace))).toEqual([
      96, 96, 48, 48, 24, 24, 24,
    ]);
    expect(runLength(undefined)).toBe(48);
  });

  it('makes a run as short as what is left of the budget, and shortest where the pace is unknown', () => {
    expect(runLength(undefined, 50)).toBe(12);
    expect(runLength(undefined, 75)).toBe(48);
    expect(runLength(0.5, 50)).toBe(96);
    expect(runLength(1, 50)).toBe(48);
    expect(runLength(2, 50)).toBe(24);
    expect(runLength(4, 50)).toBe(12);
    expect(runLength(1, 400)).toBe(48);
  });

  it('asks what is left before each run', async () => {
    const model = new ToyModel(tokenizer, 400);
    const tokens = Array.from({ length: 100 }, (_, i) => i % 90);
    const control = { ...unhindered, remainingMs: () => (model.runs.length === 0 ? 100 : 30) };
    await prefill(model, tokens, control);
    expect(model.runs).toEqual([48, 12, 12, 12, 12, 4]);
  });
});
