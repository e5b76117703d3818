import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ModelTokenizer, TokenizerError } from '../../../src/decoding/tokenizer';
import { bytesOfText, bytesOfTokens, toyTokenizer } from '../../support/toyModel';

describe('ModelTokenizer', () => {
  it('writes any text as tokens with its bytes, healed or not', async () => {
    const tokenizer = toyTokenizer();
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => {
        const tokens = tokenizer.encode(text);
        expect(bytesOfTokens(tokenizer, tokens)).toBe(bytesOfText(text));
        const healed = tokenizer.encodeForHealing(text);
        expect([...healed.tokens, ...healed.typedTokens]).toEqual(tokens);
        expect(bytesOfTokens(tokenizer, healed.typedTokens)).toBe(healed.typedBytes);
        if (text !== '') expect(healed.typedBytes).not.toBe('');
      }),
      { numRuns: 300 },
    );
  });

  it('takes back the last pre-token: a word, or a line break with the blanks behind it', async () => {
    const tokenizer = toyTokenizer();
    expect(tokenizer.encodeForHealing('a = cab').typedBytes).toBe(' cab');
    expect(tokenizer.encodeForHealing('a;\n  ').typedBytes).toBe('\n  ');
    expect(tokenizer.encodeForHealing('a.b').typedBytes).toBe('b');
    expect(tokenizer.encodeForHealing('')).toEqual({ tokens: [], typedBytes: '', typedTokens: [] });
  });

  it('heals only the last token of a run that is too long for a half-typed word', async () => {
    const tokenizer = toyTokenizer();
    const text = `b = ${'a'.repeat(700)}`;
    const { tokens, typedTokens, typedBytes } = tokenizer.encodeForHealing(text);
    expect(typedTokens).toHaveLength(1);
    expect([...tokens, ...typedTokens]).toEqual(tokenizer.encode(text));
    expect(typedBytes).toBe(tokenizer.vocabulary.bytesOf(typedTokens[0]!));
  });

  it('writes U+FFFD, one a code unit, for lone surrogates and for what needs a byte without a token', async () => {
    const tokenizer = toyTokenizer([0x04, 0xc5, 0xe4, 0xf1, 0xff]);
    const text = 'a\x04b \ud800 \u0150 \u4e2d \u{40000} \u00e9😀';
    const written = 'a\ufffdb \ufffd \ufffd \ufffd \ufffd\ufffd \u00e9😀';
    expect(tokenizer.writable(text)).toBe(written);
    expect(tokenizer.writable(text)).toHaveLength(text.length);
    expect(bytesOfTokens(tokenizer, tokenizer.encode(text))).toBe(bytesOfText(written));
    expect(tokenizer.encodeForHealing('b \x04').typedBytes).toBe(bytesOfText(' \ufffd'));
  });

  it('reads the name of a special token as text, and shows special tokens by their names', async () => {
    const tokenizer = toyTokenizer();
    const tokens = tokenizer.encode('<end><sep>');
    expect(tokens.some((id) => tokenizer.isSpecial(id))).toBe(false);
    expect(bytesOfTokens(tokenizer, tokens)).toBe('<end><sep>');
    expect(tokenizer.isSpecial(1)).toBe(true);
    expect(tokenizer.displayText(1)).toBe('<sep>');
    expect(tokenizer.vocabulary.bytesOf(1)).toBe('');
  });

  it('shows bytes that are no whole character as <0x..>', async () => {
    const tokenizer = toyTokenizer();
    const first = tokenizer.encode('😀')[0]!;
    expect(tokenizer.displayText(first)).toBe('<0xF0><0x9F>');
    expect(tokenizer.displayText(tokenizer.encode('abc')[0]!)).toBe('abc');
  });

  it.each<[string, unknown, string]>([
    ['is of another kind', { model: { type: 'Unigram' }, pre_tokenizer: null }, 'its model is of type Unigram'],
    ['has no model', {}, 'its model is of type unknown'],
    ['has no pre_tokenizer', { model: { type: 'BPE', vocab: {}, merges: [] } }, 'it has no pre_tokenizer'],
    ['splits at blanks', { model: { type: 'BPE' }, pre_tokenizer: { type: 'Whitespace' } }, 'is not ByteLevel'],
    [
      'has no merges',
      { model: { type: 'BPE', vocab: {} }, pre_tokenizer: { type: 'ByteLevel' } },
      'no vocab and merges',
    ],
    ['is a list of nothing', null, 'it is no tokenizer definition'],
  ])('refuses a tokenizer that %s, saying so', (_, content, message) => {
    expect(() => ModelTokenizer.of(content)).toThrow(TokenizerError);
    expect(() => ModelTokenizer.of(content)).toThrow(message);
  });

  it('refuses a tokenizer that lacks a continuation byte, which no character could do without', () => {
    expect(() => toyTokenizer([0x84])).toThrow('no token for the byte 0x84');
  });
});
