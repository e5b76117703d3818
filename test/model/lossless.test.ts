import { beforeAll, describe, expect, it } from 'vitest';
import type { LanguageModel } from '../../src/decoding/languageModel';
import type { Session } from '../../src/engine/sessions';
import { prefill } from '../../src/decoding/prefill';
import { coldDecoder, complete, loadBundledModel, loadFloatCacheModel, unhindered } from '../support/bundledModel';
import { frozenText, repeatingText } from '../support/frozenText';
import { expectCertain, expectSameUpToNearTie, meanDivergence } from '../support/nearTies';

/** Places in real files where text repeats itself, which is where drafts are made. */
const places: readonly [string, number][] = [
  ['requestServer.ts', 1700],
  ['wireProtocol.ts', 3000],
  ['modelManifest.ts', 1300],
  ['modelInterface.ts', 900],
  ['ngramLookup.ts', 1200],
  ['attentionGraph.py', 1500],
  ['quantisedWeights.py', 1300],
  ['extension.json', 800],
];

/**
 * Nats. Runs of other lengths and an int8 cache round otherwise, by as much as the kernels of one processor differ from those of
 * another: the means below are 0.008 to 0.011 with those for AVX2 and for AVX-512. A context without its beginning: 0.68, 0.70.
 */
const roundingDivergence = 0.05;

/** Of the tokens that two ways of decoding write, so many are the same at least; a near tie parts the rest of a completion. */
const leastCommonShare = 1 / 3;

let model: Session;
beforeAll(async () => {
  model = await loadBundledModel();
});

async function tokensOf(file: string, from: number, to: number): Promise<number[]> {
  return model.tokenizer.encode(await frozenText(file, 6_000)).slice(from, to);
}

/** Logits of the last `keep` of the tokens, [keep x vocabulary], a copy: each token of them in a run of its own, or all in one. */
async function logitsOf(decoder: LanguageModel, tokens: readonly number[], keep: number, inOne: boolean) {
  decoder.truncate(0);
  await prefill(decoder, tokens.slice(0, -keep), { ...unhindered, isLate: () => false });
  const last = tokens.slice(-keep);
  if (inOne) return (await decoder.append(last, keep)).slice();
  const logits = new Float32Array(keep * decoder.vocabularySize);
  for (const [i, token] of last.entries()) logits.set(await decoder.append([token], 1), i * decoder.vocabularySize);
  return logits;
}

describe('the bundled model', () => {
  it('writes the same with prompt lookup as without it', async () => {
    const options = { multiLine: true, maxTokens: 24, topK: 10 };
    let common = 0;
    let written = 0;
    for (const [file, characters] of places) {
      const text = await frozenText(file, characters);
      const without = await complete(model, text, { ...options, promptLookup: false });
      common += expectSameUpToNearTie(await complete(model, text, options), without);
      written += without.tokens.length;
    }
    expect(common).toBeGreaterThan(written * leastCommonShare);
  });

  it('takes drafts where the text goes on as before', async () => {
    const { text, tokens, timings } = await complete(model, repeatingText, { maxTokens: 12 });
    expectCertain(tokens);
    expect(text).toBe(' sat on the mat, and the dog lay on the rug');
    expect(timings.acceptedDraftTokens).toBeGreaterThan(5);
    const plain = await complete(model, repeatingText, { maxTokens: 12, promptLookup: false });
    expect(plain.text).toBe(text);
    expect(plain.timings.acceptedDraftTokens).toBe(0);
  });

  it('scores a draft of several tokens in one run as in a run for each of them', async () => {
    const tokens = await tokensOf('greedyDecoding.ts', 0, 200);
    const decoder = await coldDecoder(model);
    const inOne = await logitsOf(decoder, tokens, 40, true);
    const oneByOne = await logitsOf(decoder, tokens, 40, false);
    const withoutBeginning = await logitsOf(decoder, tokens.slice(150), 40, true);
    const { vocabularySize } = decoder;
    expect(meanDivergence(oneByOne, inOne, vocabularySize)).toBeLessThan(roundingDivergence);
    expect(meanDivergence(oneByOne, withoutBeginning, vocabularySize)).toBeGreaterThan(roundingDivergence);
  });

  it('has the scores of one run after a prefill in several, which sees the rows before it rounded', async () => {
    const tokens = await tokensOf('requestServer.ts', 0, 300);
    const inChunks = await logitsOf(await coldDecoder(model), tokens, 40, true);
    const inOne = (await (await coldDecoder(model)).append(tokens, 40)).slice();
    expect(meanDivergence(inOne, inChunks, model.decoder.vocabularySize)).toBeLessThan(roundingDivergence);
  });

  it('scores and writes the same over the float cache, but for rounding', async () => {
    const float = await loadFloatCacheModel();
    const { vocabularySize } = model.decoder;
    const decoder = await coldDecoder(model);
    const options = { maxTokens: 12, multiLine: true, topK: 10 };
    let divergence = 0;
    let common = 0;
    let written = 0;
    const compared = places.slice(0, 5);
    for (const [file, characters] of compared) {
      const tokens = await tokensOf(file, 0, 200);
      const rounded = await logitsOf(decoder, tokens, 40, true);
      divergence += meanDivergence(await logitsOf(float.decoder, tokens, 40, true), rounded, vocabularySize);
      const text = await frozenText(file, Math.min(characters, 900));
      const expected = await complete(float, text, options);
      common += expectSameUpToNearTie(await complete(model, text, options), expected);
      written += expected.tokens.length;
    }
    expect(divergence / compared.length).toBeLessThan(roundingDivergence);
    expect(common).toBeGreaterThan(written * leastCommonShare);
  });
});
