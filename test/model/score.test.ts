import { beforeAll, describe, expect, it } from 'vitest';
import { CancelledError } from '../../src/decoding/cancellation';
import type { Session } from '../../src/engine/sessions';
import { scoreContinuation } from '../../src/engine/requests/scoreContinuation';
import { scoreText } from '../../src/engine/requests/scoreText';
import { scorePosition } from '../../src/scoring/positionScores';
import { coldDecoder, complete, completeParams, loadBundledModel, unhindered } from '../support/bundledModel';
import { frozenText } from '../support/frozenText';
import { expectCertain } from '../support/nearTies';

let model: Session;
beforeAll(async () => {
  model = await loadBundledModel();
});

describe('scoreText with the bundled model', () => {
  it.each<[string, string]>([
    ['prose', 'The capital of France is Paris.\nIt lies on the Seine.'],
    ['characters of several tokens', 'naïve 😀👍🏽 世界 \ud83d end'],
    ['what has no token, tabs, CRLF and NUL', 'a\x04b\t\r\n\0\u{40000}<|endoftext|>'],
  ])('covers %s exactly, with consistent sums', async (_, text) => {
    const { tokens, bitsPerCharacter, perplexity } = await scoreText(model, { text, topK: 3 }, unhindered);
    let offset = 0;
    let bits = 0;
    for (const token of tokens) {
      expect(token.start).toBe(offset);
      expect(token.end).toBe(token.start + token.text.length);
      expect(token.text).toBe(model.tokenizer.writable(text).slice(token.start, token.end));
      expect(token.bits).toBeCloseTo(-Math.log2(token.probability), 9);
      expect(token.candidates).toHaveLength(3);
      if (token.rank <= 3) expect(token.candidates[token.rank - 1]).toMatchObject({ id: token.id, logit: token.logit });
      offset = token.end;
      bits += token.bits;
    }
    expect(offset).toBe(text.length);
    expect(bitsPerCharacter).toBeCloseTo(bits / text.length, 9);
    expect(perplexity).toBeCloseTo(2 ** (bits / tokens.length), 6);
  });

  it('finds the expected unsurprising, and the unexpected surprising', async () => {
    const { tokens } = await scoreText(model, { text: 'The capital of France is Paris', topK: 2 }, unhindered);
    const paris = tokens.at(-1)!;
    expect(paris).toMatchObject({ text: ' Paris', rank: 1 });
    expectCertain([paris]);
    const odd = await scoreText(model, { text: 'The capital of France is Gouda', topK: 2 }, unhindered);
    expect(odd.tokens.find(({ text }) => text === ' G')!.bits).toBeGreaterThan(paris.bits + 3);
  });

  it('scores nothing of an empty text', async () => {
    const empty = { tokens: [], bitsPerCharacter: 0, perplexity: 1, model: 'smollm2-135m' };
    expect(await scoreText(model, { text: '', topK: 3 }, unhindered)).toEqual(empty);
  });

  it('scores the tokens of the first window as one run does, and those behind it with 512 tokens of context', async () => {
    const pieces = await Promise.all(['requestServer.ts', 'greedyDecoding.ts'].map((file) => frozenText(file, 3500)));
    const ids = model.tokenizer.encode(pieces.join('\n')).slice(0, 1060);
    const text = Buffer.from(ids.map((id) => model.tokenizer.vocabulary.bytesOf(id)).join(''), 'latin1').toString(
      'utf8',
    );
    expect(model.tokenizer.encode(text)).toEqual(ids);
    const progress: number[] = [];
    const control = {
      ...unhindered,
      onProgress: ({ scoredTokens }: { scoredTokens: number }) => progress.push(scoredTokens),
    };
    const { tokens } = await scoreText(model, { text, topK: 1 }, control);
    expect(tokens.map(({ id }) => id)).toEqual(ids);
    expect(tokens.at(-1)!.end).toBe(text.length);
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
    expect(progress.at(-1)).toBe(ids.length);

    const start = model.manifest.endOfText[0]!;
    const { vocabularySize } = model.decoder;
    const bitsInOneRun = async (context: readonly number[], wanted: readonly number[]): Promise<number[]> => {
      const logits = await (await coldDecoder(model)).append(context, wanted.length);
      return wanted.map((id, i) => {
        const row = logits.subarray(i * vocabularySize, (i + 1) * vocabularySize);
        return -Math.log2(scorePosition(row, 1, id).chosen.probability);
      });
    };
    const meanDifference = (bits: readonly number[], from: number): number =>
      bits.reduce((sum, bit, i) => sum + Math.abs(bit - tokens[from + i]!.bits), 0) / bits.length;
    // Close, not equal: the rows of one run are not rounded to int8 until it is over. With a shorter context it is not close.
    for (const [from, contextStart] of [
      [150, 0],
      [1024, 512],
    ] as const) {
      const wanted = ids.slice(from, from + 36);
      const contextEnd = from + wanted.length - 1;
      const own = await bitsInOneRun([start, ...ids.slice(contextStart, contextEnd)], wanted);
      const short = await bitsInOneRun([start, ...ids.slice(from - 20, contextEnd)], wanted);
      expect(meanDifference(own, from)).toBeLessThan(meanDifference(short, from) / 2);
    }
  });

  it('stops when it is cancelled', async () => {
    let checks = 0;
    const control = { ...unhindered, isCancelled: () => ++checks > 2 };
    const text = await frozenText('requestServer.ts', 1000);
    await expect(scoreText(model, { text, topK: 1 }, control)).rejects.toBeInstanceOf(CancelledError);
    expect(checks).toBe(3);
  });
});

describe('scoreContinuation with the bundled model', () => {
  it('ranks what greedy decoding writes first, also inside a half-typed word', async () => {
    for (const [text, maxTokens] of [
      ['The capital of France is', 1],
      ['for (const item of items) {\n  console.lo', 2],
      ['def add(a, b):\n    return a + b\n\ndef sub(a, b):\n    ', 4],
    ] as const) {
      const { prompt } = completeParams(text);
      const { text: expected, tokens } = await complete(model, text, { maxTokens, promptLookup: false });
      expectCertain(tokens);
      const { ranks, bits } = await scoreContinuation(model, { prompt, expected }, unhindered);
      expect(ranks.length).toBeGreaterThan(0);
      expect(new Set(ranks)).toEqual(new Set([1]));
      expect(bits).toBeGreaterThan(0);
    }
  });

  it('needs more bits for what the model did not expect', async () => {
    const { prompt } = completeParams('The capital of France is');
    const paris = await scoreContinuation(model, { prompt, expected: ' Paris' }, unhindered);
    const gouda = await scoreContinuation(model, { prompt, expected: ' Gouda' }, unhindered);
    expect(paris.ranks).toEqual([1]);
    expect(gouda.bits).toBeGreaterThan(paris.bits);
    expect(Math.max(...gouda.ranks)).toBeGreaterThan(1);
  });

  it('expects nothing of nothing', async () => {
    const { prompt } = completeParams('The');
    expect(await scoreContinuation(model, { prompt, expected: '' }, unhindered)).toEqual({ ranks: [], bits: 0 });
  });
});
