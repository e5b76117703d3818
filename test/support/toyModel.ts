import type { LanguageModel } from '../../src/decoding/languageModel';
import { ModelTokenizer } from '../../src/decoding/tokenizer';

/** GPT-2's printable stand-in of a byte (Radford et al. 2019, `bytes_to_unicode`), computed apart from the code under test. */
const standIns: readonly string[] = (() => {
  const printable = (byte: number): boolean => (byte > 32 && byte < 127) || (byte > 160 && byte < 256 && byte !== 173);
  const others = Array.from({ length: 256 }, (_, byte) => byte).filter((byte) => !printable(byte));
  return Array.from({ length: 256 }, (_, byte) =>
    String.fromCodePoint(printable(byte) ? byte : 256 + others.indexOf(byte)),
  );
})();

export const toyEndOfText = 0;
/** Merged entries, as text; every shorter beginning that a merge needs is listed before it. */
const mergedTexts = [
  ...['\n ', '\n  ', '  ', 'ab', 'abc', 'ba', 'bab', ' a', ' ab', 'a\n', 'aa', 'aaa', 'b ', '((', '();'],
  ...['\n\n', ' b', ' ba', 'c(', 'c()', '  a', ';\n', '\n  a', 'ca', 'cab', '//', '// '],
];

/** A byte-level BPE tokenizer with the special tokens `<end>` and `<sep>`, all bytes (minus `withoutBytes`) and a few merges. */
export function toyTokenizer(withoutBytes: readonly number[] = []): ModelTokenizer {
  const written = (bytes: Uint8Array): string => Array.from(bytes, (byte) => standIns[byte]!).join('');
  const merged = [
    ...mergedTexts.map((text) => Buffer.from(text)),
    Buffer.from([0xf0, 0x9f]),
    Buffer.from([0xc3, 0xa9]),
  ];
  const bytes = standIns.filter((_, byte) => !withoutBytes.includes(byte));
  const tokens = ['<end>', '<sep>', ...bytes, ...merged.map(written)];
  const definition = {
    added_tokens: ['<end>', '<sep>'].map((content, id) => ({ id, content, special: true })),
    normalizer: null,
    pre_tokenizer: { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true },
    post_processor: null,
    decoder: { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true },
    model: {
      type: 'BPE',
      vocab: Object.fromEntries(tokens.map((token, id) => [token, id])),
      merges: merged.map((entry) => [written(entry.subarray(0, -1)), written(entry.subarray(-1))]),
    },
  };
  return ModelTokenizer.of(definition);
}

/**
 * A language model whose logits are a pseudo-random function of the last tokens: `order` of them decide, so that texts
 * repeat and prompt lookup finds something. Counts what it was asked to run.
 */
export class ToyModel implements LanguageModel {
  millisecondsPerToken: number | undefined;
  readonly cachedTokens: number[] = [];
  readonly runs: number[] = [];
  readonly vocabularySize: number;

  constructor(
    private readonly tokenizer: ModelTokenizer,
    readonly contextLength: number,
    private readonly seed = 1,
    private readonly order = 1,
  ) {
    this.vocabularySize = tokenizer.vocabulary.size;
  }

  truncate(length: number): void {
    this.cachedTokens.length = Math.min(length, this.cachedTokens.length);
  }

  copy(length: number): ToyModel {
    const copy = new ToyModel(this.tokenizer, this.contextLength, this.seed, this.order);
    copy.cachedTokens.push(...this.cachedTokens.slice(0, length));
    return copy;
  }

  append(tokens: readonly number[], keep: number): Promise<Float32Array> {
    const before = this.cachedTokens.length;
    if (tokens.length === 0 || keep < 1 || keep > tokens.length || before + tokens.length > this.contextLength) {
      return Promise.reject(new RangeError(`append(${tokens.length}, ${keep}) to ${before} of ${this.contextLength}`));
    }
    this.cachedTokens.push(...tokens);
    this.runs.push(tokens.length);
    const end = this.cachedTokens.length;
    const logits = new Float32Array(keep * this.vocabularySize);
    for (let i = 0; i < keep; i++)
      logits.set(this.logitsAfter(this.cachedTokens.slice(0, end - keep + i + 1)), i * this.vocabularySize);
    return Promise.resolve(logits);
  }

  /** The logits that follow a token sequence: what `append` returns for its last token. */
  logitsAfter(tokens: readonly number[]): Float32Array {
    let state = this.seed >>> 0;
    for (const token of tokens.slice(-this.order)) state = Math.imul(state ^ token, 0x9e3779b1) >>> 0;
    return Float32Array.from({ length: this.vocabularySize }, (_, id) => {
      // Mulberry32 (Ettinger): small, and the same on every machine.
      state = (state + 0x6d2b79f5) >>> 0;
      let mixed = Math.imul(state ^ (state >>> 15), state | 1);
      mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
      // Single bytes that are no ASCII are held back: most sequences of them are no text, and would end the path.
      const isText = /[\n -~]/.test(this.tokenizer.vocabulary.bytesOf(id));
      return (((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * 12 - (isText ? 6 : 6.4);
    });
  }
}

/** UTF-8 bytes of a text in the form the vocabulary has them: one character per byte. */
export function bytesOfText(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

/** Bytes of tokens, joined, one character per byte. */
export function bytesOfTokens(tokenizer: ModelTokenizer, tokens: readonly number[]): string {
  return tokens.map((id) => tokenizer.vocabulary.bytesOf(id)).join('');
}
