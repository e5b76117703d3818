import { beforeAll, describe, expect, it } from 'vitest';
import { CancelledError } from '../../src/decoding/cancellation';
import { completeText } from '../../src/engine/requests/completeText';
import type { Session } from '../../src/engine/sessions';
import { coldDecoder, complete, completeParams, loadBundledModel, unhindered } from '../support/bundledModel';
import { frozenText, repeatingText } from '../support/frozenText';
import { expectCertain, expectSameUpToNearTie } from '../support/nearTies';
import { bytesOfText, bytesOfTokens } from '../support/toyModel';

let model: Session;
beforeAll(async () => {
  model = await loadBundledModel();
});

/** Enough candidates to find another processor's choice among them. */
const compared = { topK: 10 };

const joined = (tokens: readonly { text: string }[]): string => tokens.map(({ text }) => text).join('');

describe('completeText with the bundled model', () => {
  it('knows the capital of France', async () => {
    const { text, tokens, model: name } = await complete(model, 'The capital of France is', { maxTokens: 2 });
    expect(text).toMatch(/^ Paris/);
    expectCertain(tokens.slice(0, 1));
    expect(tokens[0]).toMatchObject({ text: ' Paris', typedText: '', rank: 1 });
    expect(name).toBe('smollm2-135m');
  });

  it('writes a sensible end of a documented function', async () => {
    const text =
      'def mean(values: list[float]) -> float:\n    """Arithmetic mean of the values."""\n    return sum(values)';
    const result = await complete(model, text, { maxTokens: 24 });
    expectCertain(result.tokens);
    expect(result).toMatchObject({ text: ' / len(values)', stopReason: 'line end' });
  });

  it('goes on inside a word that was typed by half', async () => {
    const { text, tokens } = await complete(model, 'for (const item of items) {\n  console.lo', { maxTokens: 2 });
    expectCertain(tokens);
    expect(text).toBe('g(');
    expect(tokens[0]).toMatchObject({ typedText: 'lo', text: 'g' });
  });

  it('offers no token that would deepen typed indentation', async () => {
    const text = 'function add(a, b) {\n    return a + b;\n}\n\nfunction sub(a, b) {\n    ';
    const { text: completed, tokens } = await complete(model, text, { maxTokens: 12 });
    expectCertain(tokens);
    expect(completed).toBe('return a - b;');
    for (const { text: candidate } of tokens[0]!.candidates) expect(candidate).not.toMatch(/^[\r\n]+ {5,}/);
  });

  it('assembles an emoji from its tokens: with the last of them, never half', async () => {
    const [first] = model.tokenizer.encode('😀');
    expect(model.tokenizer.encode('😀').length).toBeGreaterThan(1);
    const { text, tokens } = await complete(model, 'Ten smiles: 😀 😀 😀 😀 😀 😀 😀', {
      startTokens: [],
      maxTokens: 12,
    });
    const forked = await complete(model, 'faces = ["😀', { maxTokens: 12, tokenHealing: false, startTokens: [first!] });
    for (const path of [{ text, tokens }, forked]) {
      expect(path.text.isWellFormed()).toBe(true);
      expect(path.text).not.toContain('\ufffd');
      expect(joined(path.tokens)).toBe(path.text);
    }
    expect(forked.tokens[0]).toMatchObject({ id: first, text: '' });
    expect(forked.tokens.length).toBeGreaterThan(1);
  });

  it('goes on from the middle of the tokens of an emoji', async () => {
    // Healing takes the typed emoji back, and the model writes it again, token by token, before it goes on.
    const typed = model.tokenizer.encode(' 😀').length;
    const { tokenIds, text, healingTokens } = await complete(model, 'Ten smiles: 😀 😀 😀 😀 😀 😀', { maxTokens: 4 });
    expect(healingTokens).toBeGreaterThanOrEqual(typed - 1);
    const bytes = bytesOfTokens(model.tokenizer, tokenIds);
    expect(bytes.startsWith(bytesOfText(' 😀'))).toBe(true);
    expect(bytes.slice(bytesOfText(' 😀').length).startsWith(bytesOfText(text))).toBe(true);
  });

  it('gives tokens that join to the text, with sorted candidates and probabilities that add up', async () => {
    const { text, tokens, tokenIds, healingTokens } = await complete(
      model,
      await frozenText('requestServer.ts', 1500),
      {
        multiLine: true,
        maxTokens: 24,
      },
    );
    expect(joined(tokens)).toBe(text);
    tokens.forEach(({ candidates, id, rank, probability, margin, remainingMass, entropyBits }, index) => {
      expect(tokenIds[healingTokens + index]).toBe(id);
      expect(candidates).toHaveLength(5);
      expect(candidates[0]).toMatchObject({ id, probability });
      expect(rank).toBe(1);
      const logits = candidates.map(({ logit }) => logit);
      expect(logits).toEqual(logits.toSorted((a, b) => b - a));
      expect(candidates.reduce((sum, candidate) => sum + candidate.probability, remainingMass)).toBeCloseTo(1, 6);
      expect(margin).toBeCloseTo(probability - candidates[1]!.probability, 9);
      expect(entropyBits).toBeGreaterThanOrEqual(0);
    });
  });

  it('stops at a line end or the most tokens, and goes over lines where it may', async () => {
    const text = 'def add(a, b):\n    return a + b\n\n\ndef sub(a, b):\n';
    const line = await complete(model, `${text}    return`, { maxTokens: 20 });
    expectCertain(line.tokens);
    expect(line).toMatchObject({ text: ' a - b', stopReason: 'line end' });
    const lines = await complete(model, `${text}    return`, { maxTokens: 30, multiLine: true });
    expect(lines.text.startsWith(' a - b')).toBe(true);
    const short = await complete(model, repeatingText, { maxTokens: 3 });
    expectCertain(short.tokens);
    expect(short.stopReason).toBe('max tokens');
    expect(short.tokens).toHaveLength(3);
  });

  it('offers alternatives that begin with other candidates, and that a fork by start tokens repeats', async () => {
    const text = 'const total = items.';
    const {
      alternatives,
      text: best,
      ...main
    } = await complete(model, text, {
      ...compared,
      alternatives: 3,
      maxTokens: 8,
    });
    expect(alternatives).toHaveLength(3);
    expect(new Set([best, ...alternatives.map((path) => path.text)]).size).toBe(4);
    expect(new Set([main, ...alternatives].map(({ tokenIds }) => tokenIds.join())).size).toBe(4);
    for (const alternative of alternatives) {
      expect(joined(alternative.tokens)).toBe(alternative.text);
      const differs = alternative.tokenIds.findIndex((id, index) => id !== main.tokenIds[index]);
      const at = main.tokens[differs - main.healingTokens]!;
      expect(at.candidates.map(({ id }) => id)).toContain(alternative.tokenIds[differs]);
      const startTokens = alternative.tokenIds.slice(0, differs + 1);
      const fork = await complete(model, text, { ...compared, startTokens, maxTokens: 8 });
      expect(fork.tokenIds.slice(0, differs + 1)).toEqual(startTokens);
      expectSameUpToNearTie(fork, alternative);
    }
  });

  it('reuses the cache when one more character is typed, with the result of a cold engine', async () => {
    const source = await frozenText('chunkedPrefill.ts', 1100);
    await complete(model, source.slice(0, -1));
    const warm = await complete(model, source, compared);
    const cold = await complete({ ...model, decoder: await coldDecoder(model) }, source, compared);
    expect(cold.timings.reusedTokens).toBe(0);
    expect(warm.timings.reusedTokens).toBeGreaterThan(cold.timings.prefillTokens - 8);
    expect(warm.timings.prefillTokens).toBeLessThanOrEqual(8);
    expectSameUpToNearTie(warm, cold);
  });

  it.each<[string, string]>([
    ['nothing', ''],
    ['CRLF', 'let a = 1;\r\nlet b = 2;\r\nlet c'],
    ['tabs', 'func main() {\n\tfmt.Pr'],
    ['NUL', 'a\0b\0'],
    ['lone surrogates', 'x = "\ud83d'],
    ['a control character without a token', 'x = "\x04'],
    ['a special token by name', 'The token <|endoftext|>'],
    ['a long run of blanks', `x =${' '.repeat(300)}`],
    ['one long word', 'a'.repeat(3_000)],
    ['5 MB', 'const a = [1, 2, 3];\n'.repeat(250_000)],
    ['5 MB without a blank', 'x'.repeat(5_000_000)],
  ])('completes %s', async (_, text) => {
    const { text: completed, tokens, tokenIds, timings } = await complete(model, text, { maxTokens: 6 });
    expect(joined(tokens)).toBe(completed);
    expect(completed.isWellFormed()).toBe(true);
    expect(tokenIds.length).toBeGreaterThan(0);
    expect(timings.prefillTokens + timings.reusedTokens).toBeLessThanOrEqual(401);
    const { typedBytes } = model.tokenizer.encodeForHealing(text.slice(-2_000));
    const bytes = bytesOfTokens(model.tokenizer, tokenIds);
    expect(bytes.startsWith(typedBytes)).toBe(true);
    expect(bytes.slice(typedBytes.length).startsWith(bytesOfText(completed))).toBe(true);
  });

  it('returns whole tokens when the budget is used up, even before the prompt is in', async () => {
    const decoder = await coldDecoder(model);
    const result = await completeText(
      { ...model, decoder },
      completeParams(await frozenText('requestServer.ts', 1500), { budgetMs: 1 }),
      { ...unhindered, receivedAt: performance.now() - 10 },
    );
    expect(result).toMatchObject({ text: '', tokens: [], stopReason: 'budget', alternatives: [] });
    expect(result.timings).toMatchObject({ prefillTokens: 0, reusedTokens: 0, decodedTokens: 0 });
  });

  it('waits for the first text where the budget counts from that', async () => {
    const decoder = await coldDecoder(model);
    const params = { budgetMs: 0.001, budgetFrom: 'firstText', alternatives: 3, maxTokens: 64 } as const;
    const result = await completeText({ ...model, decoder }, completeParams(repeatingText, params), {
      ...unhindered,
      receivedAt: performance.now() - 10,
    });
    expect(result).toMatchObject({ stopReason: 'budget', alternatives: [] });
    expect(result.text).not.toBe('');
  });

  it('stops where it is cancelled, and answers the next request as if nothing had been', async () => {
    const text = await frozenText('greedyDecoding.ts', 1400);
    const decoder = await coldDecoder(model);
    let checks = 0;
    const control = { ...unhindered, isCancelled: () => ++checks > 3, receivedAt: performance.now() };
    await expect(completeText({ ...model, decoder }, completeParams(text), control)).rejects.toBeInstanceOf(
      CancelledError,
    );
    const after = await complete({ ...model, decoder }, text, compared);
    expect(after.timings.reusedTokens).toBeGreaterThan(0);
    const cold = await complete({ ...model, decoder: await coldDecoder(model) }, text, compared);
    expectSameUpToNearTie(after, cold);
  });
});
