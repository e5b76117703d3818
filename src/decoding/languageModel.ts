/** What decoding needs of a model: logits for appended tokens, over a cache that can be cut back. */
export interface LanguageModel {
  readonly vocabularySize: number;
  /** Positions the model was made for; the cache never grows beyond. */
  readonly contextLength: number;
  /** The tokens whose rows are in the cache, oldest first. */
  readonly cachedTokens: readonly number[];
  /** What a token of the last long runs took; undefined before the first one. */
  readonly millisecondsPerToken: number | undefined;
  /** Forgets every cached token from `length` on. */
  truncate(length: number): void;
  /**
   * Appends `tokens` to the cache. Returns the logits of the last `keep` of them, row by row: `[keep * vocabularySize]`.
   * @throws RangeError when the tokens do not fit into the context.
   */
  append(tokens: readonly number[], keep: number): Promise<Float32Array>;
  /** The same model over a cache of its own, which begins with copies of the first `length` cached rows. */
  copy(length: number): LanguageModel;
}

/** Length of the longest common prefix of two token sequences. */
export function commonPrefixLength(a: readonly number[], b: readonly number[]): number {
  const limit = Math.min(a.length, b.length);
  let length = 0;
  while (length < limit && a[length] === b[length]) length++;
  return length;
}
