import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { PromptPart } from '../../../src/protocol/promptPart';
import { encodePrompt } from '../../../src/decoding/promptTokens';
import type { ModelTokenizer } from '../../../src/decoding/tokenizer';
import { bytesOfText, bytesOfTokens, toyEndOfText, toyTokenizer } from '../../support/toyModel';

const options = { specialTokens: { fileSeparator: 1 }, documentStart: toyEndOfText, tokenHealing: true };
const textPart = (text: string, maxTokens: number, keep: 'start' | 'end' = 'end'): PromptPart => ({
  kind: 'text',
  text,
  maxTokens,
  keep,
});
const lines = Array.from({ length: 300 }, (_, i) => `a${i} = cab(${i});\n`).join('');

let tokenizer: ModelTokenizer;
beforeAll(async () => {
  tokenizer = toyTokenizer();
});

describe('encodePrompt', () => {
  it('keeps to the budget of every part and keeps the wanted end, for any text', () => {
    const anyText = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '\n', 'é', '😀'), maxLength: 120 });
    fc.assert(
      fc.property(anyText, fc.nat(40), fc.boolean(), (text, maxTokens, keepsStart) => {
        const part = textPart(text, maxTokens, keepsStart ? 'start' : 'end');
        const plain = encodePrompt([part], tokenizer, { ...options, tokenHealing: false });
        const bytes = plain.tokens[0] === toyEndOfText ? '' : bytesOfTokens(tokenizer, plain.tokens);
        const whole = bytesOfText(text);
        expect(bytes.length === 0 ? 0 : plain.tokens.length).toBeLessThanOrEqual(maxTokens);
        expect(keepsStart ? whole.startsWith(bytes) : whole.endsWith(bytes)).toBe(true);

        const healed = encodePrompt([part], tokenizer, options);
        const used = healed.tokens[0] === toyEndOfText ? 0 : healed.tokens.length;
        expect(used).toBeLessThanOrEqual(Math.max(0, maxTokens - healed.typedTokens.length));
        expect(whole.endsWith(healed.typedBytes)).toBe(true);
        const kept = used === 0 ? '' : bytesOfTokens(tokenizer, healed.tokens);
        if (!keepsStart) expect(whole.endsWith(kept + healed.typedBytes)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('cuts at line ends where it can', () => {
    const start = encodePrompt([textPart(lines, 100, 'start')], tokenizer, { ...options, tokenHealing: false });
    expect(bytesOfTokens(tokenizer, start.tokens)).toMatch(/\n$/);
    const end = encodePrompt([textPart(lines, 100)], tokenizer, options);
    expect(bytesOfTokens(tokenizer, end.tokens)).toMatch(/^a\d+ = /);
  });

  it('leaves the start of the prompt where it was for most keystrokes, also while blanks and dots are typed', () => {
    const typed = `\n${' '.repeat(12)}ab....;\n`.repeat(12);
    let moves = 0;
    let first = '';
    for (let length = 1; length <= typed.length; length++) {
      const { tokens } = encodePrompt([textPart(lines + typed.slice(0, length), 200)], tokenizer, options);
      const start = tokens.slice(0, 30).join();
      if (start !== first) moves++;
      first = start;
    }
    const grown = tokenizer.encode(typed).length;
    expect(moves).toBeLessThanOrEqual(Math.ceil(grown / 50) + 2);
  });

  it('puts special tokens where the model has them, and leaves out those it lacks', () => {
    const parts: PromptPart[] = [
      { kind: 'special', token: 'fileSeparator' },
      { kind: 'special', token: 'fimPrefix' },
    ];
    expect(encodePrompt(parts, tokenizer, options).tokens).toEqual([1]);
  });

  it('starts an empty prompt with the document start', () => {
    for (const parts of [[], [textPart('', 10)], [textPart('', 0)]]) {
      const empty = { tokens: [toyEndOfText], typedBytes: '', typedTokens: [] };
      expect(encodePrompt(parts, tokenizer, options)).toEqual(empty);
    }
  });

  it('heals only the end of the last part', () => {
    const { tokens, typedBytes } = encodePrompt([textPart('cab', 9), textPart('b cab', 9)], tokenizer, options);
    expect(bytesOfTokens(tokenizer, tokens)).toBe('cabb');
    expect(typedBytes).toBe(' cab');
  });

  it.each([
    ['blanks', ' '.repeat(5_000_000)],
    ['one word', 'a'.repeat(5_000_000)],
    ['lines', lines.repeat(1200)],
  ])('encodes no more than the budget can hold of 5 MB of %s', (_, text) => {
    let encoded = 0;
    const counting = Object.create(tokenizer, {
      encode: { value: (piece: string) => ((encoded += piece.length), tokenizer.encode(piece)) },
    }) as ModelTokenizer;
    for (const keep of ['start', 'end'] as const) {
      encodePrompt([textPart(text, 256, keep), textPart(text, 256, keep)], counting, options);
    }
    expect(encoded).toBeGreaterThan(0);
    expect(encoded).toBeLessThan(50_000);
  });
});
