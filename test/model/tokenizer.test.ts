import fc from 'fast-check';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { encodePrompt } from '../../src/decoding/promptTokens';
import type { ModelTokenizer } from '../../src/decoding/tokenizer';
import { loadTokenizer } from '../../src/engine/loadTokenizer';
import { modelDirectory } from '../support/bundledModel';
import { frozenText } from '../support/frozenText';
import { bytesOfText, bytesOfTokens } from '../support/toyModel';

let tokenizer: ModelTokenizer;
beforeAll(async () => {
  tokenizer = await loadTokenizer(path.join(modelDirectory, 'tokenizer.json'));
});

const textOf = (tokens: readonly number[]): string =>
  Buffer.from(bytesOfTokens(tokenizer, tokens), 'latin1').toString('utf8');

describe('the tokenizer of the bundled model', () => {
  it('splits known text as the model was trained on it', () => {
    const split = (text: string): string[] => tokenizer.encode(text).map((id) => tokenizer.displayText(id));
    expect(split('The capital of France is')).toEqual(['The', ' capital', ' of', ' France', ' is']);
    expect(split('x = 2026')).toEqual(['x', ' =', ' ', '2', '0', '2', '6']);
  });

  it.each(['<|endoftext|>', '<file_sep>', '<|im_start|>user<|im_end|>', '<empty_output>'])(
    'reads a literal %s as text',
    (text) => {
      const tokens = tokenizer.encode(`a ${text} b`);
      expect(tokens.some((id) => tokenizer.isSpecial(id))).toBe(false);
      expect(textOf(tokens)).toBe(`a ${text} b`);
    },
  );

  it.each([
    ['emoji with joiners', '👩‍👩‍👧‍👦 🇫🇷 👍🏽'],
    ['NUL and tabs', 'a\0b\tc\t\td'],
    ['CRLF', 'a\r\n\r\n  b\r\n'],
    ['other scripts', 'Привет 世界 שלום ﷽ ไทย'],
    ['a byte order mark', '\ufeffa\ufeff'],
    ['2,000 blanks', `a${' '.repeat(2_000)}b`],
    ['2,000 line ends', '\n'.repeat(2_000)],
    ['base64', Buffer.from(Array.from({ length: 3_000 }, (_, i) => (i * i * 31) & 255)).toString('base64')],
  ])('round-trips %s', (_, text) => {
    expect(textOf(tokenizer.encode(text))).toBe(text);
  });

  it('writes U+FFFD, one a code unit, where there is no text or no token', () => {
    expect(textOf(tokenizer.encode('a\ud800b\udc00'))).toBe('a\ufffdb\ufffd');
    expect(textOf(tokenizer.encode('a\x04b\u{40000}'))).toBe('a\ufffdb\ufffd\ufffd');
  });

  it('splits for healing without losing or changing a byte, for any text', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        'const ',
        'return',
        '\n',
        '\r\n',
        '    ',
        '\t',
        'é',
        '😀',
        '1',
        '42',
        "n't",
        "'s",
        '===',
        ' ',
        '\0',
        '\ud83d',
        '\x04',
      ),
      fc.string({ unit: 'binary', maxLength: 4 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), fc.nat(4), (pieces, repeats) => {
        const text = pieces.join('').repeat(repeats);
        const { tokens, typedBytes, typedTokens } = tokenizer.encodeForHealing(text);
        expect(bytesOfTokens(tokenizer, [...tokens, ...typedTokens])).toBe(bytesOfText(tokenizer.writable(text)));
        expect(bytesOfTokens(tokenizer, typedTokens)).toBe(typedBytes);
        expect([...tokens, ...typedTokens]).toEqual(tokenizer.encode(text));
      }),
      { numRuns: 400 },
    );
  });

  it('has tokens that agree with the beginning of any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 6 }), (text) => {
        const { typedBytes } = tokenizer.encodeForHealing(text);
        const agreeing = tokenizer.vocabulary.agreeingWith(typedBytes);
        expect(agreeing.length).toBeGreaterThan(0);
      }),
    );
  });

  it('lets the start of a prompt stay where it is for most keystrokes in a real file', async () => {
    const text = await frozenText('requestServer.ts', 4_000);
    const options = { specialTokens: {}, documentStart: 0, tokenHealing: true };
    const budget = 200;
    const from = 2_400;
    const ends = Array.from({ length: 500 }, (_, i) => from + i);
    let moves = 0;
    let before = '';
    for (const end of ends) {
      const part = { kind: 'text', text: text.slice(0, end), maxTokens: budget, keep: 'end' } as const;
      const { tokens, typedTokens } = encodePrompt([part], tokenizer, options);
      expect(tokens.length + typedTokens.length).toBeLessThanOrEqual(budget);
      const start = tokens.slice(0, 40).join();
      if (start !== before) moves++;
      before = start;
    }
    const typed = tokenizer.encode(text.slice(from, from + ends.length)).length;
    expect(moves).toBeLessThanOrEqual(Math.ceil(typed / (budget >> 2)) + 2);
  });
});
