import type { LogisticRegression } from './modelProfile';

/**
 * One vocabulary entry weighed for a position. `id` and `logit` here, `rank`, `entropyBits` and `remainingMass` of a token, and
 * `tokenIds` of a path are what an engine without the capabilities `tokenIds` and `logits` cannot give. They are required as
 * long as there is no such engine: the card, the reports of the command line and the forks would each have to show their
 * absence, and nothing could try it. They become optional together with the first one.
 */
export interface Candidate {
  /** Readable text; bytes that are no whole character are written as `<0xF0>`. */
  readonly text: string;
  readonly id: number;
  /** Inner product of its vocabulary vector with the context vector. */
  readonly logit: number;
  /** Softmax of the logits, between 0 and 1; where the workspace memory knows the place, of both together. */
  readonly probability: number;
  /** The part of the probability that the workspace memory added, 0 to 1; the rest is the model's. */
  readonly memoryShare: number;
}

/** A token with the scores it won with. Texts of the tokens of a completion, joined, are the completion. */
export interface ScoredToken extends Candidate {
  /** 1 is the most probable. */
  readonly rank: number;
  readonly entropyBits: number;
  /** Probability of the best candidate less that of the second. */
  readonly margin: number;
  /** Probability of everything that is not among the candidates. */
  readonly remainingMass: number;
  /** True where prompt lookup proposed the token and the model agreed. */
  readonly drafted: boolean;
  /** The part of the token that was typed already (token healing); scores of such a token are over what agrees with it. */
  readonly typedText: string;
  /** The k best, most probable first. */
  readonly candidates: readonly Candidate[];
}

export type StopReason = 'line end' | 'block end' | 'end of text' | 'repetition' | 'max tokens' | 'budget';

/** A completion as it was decoded: its tokens and why it ends. */
export interface CompletionPath {
  readonly text: string;
  readonly tokens: readonly ScoredToken[];
  readonly stopReason: StopReason;
  /** Ids from the prompt's healed end on: the tokens that repeat typed text, then one for each of `tokens`, then what was cut. */
  readonly tokenIds: readonly number[];
  /** How many of the ids repeat typed text only. */
  readonly healingTokens: number;
  /** How the probabilities of its model's tokens become a chance of being right; absent where that was not calibrated. */
  readonly confidenceModel?: LogisticRegression;
}

/** The tokens of the first `length` characters of a completion; the last may lose its end, none is left empty at the end. */
export function cutTokens(tokens: readonly ScoredToken[], length: number): ScoredToken[] {
  let start = 0;
  const kept = tokens.map((token) => {
    const text = token.text.slice(0, Math.max(0, length - start));
    start += token.text.length;
    return text === token.text ? token : { ...token, text };
  });
  while (kept.at(-1)?.text === '') kept.pop();
  return kept;
}

/** The start tokens of a fork: everything before the token at `index`, then another candidate in its place. */
export function forkTokens({ tokenIds, healingTokens }: CompletionPath, index: number, candidateId: number): number[] {
  return [...tokenIds.slice(0, healingTokens + index), candidateId];
}

/**
 * What is left of a completion of which the first `length` characters were typed or accepted. The ids stay those of the
 * whole: forks are made of the whole.
 */
export function dropTyped<Path extends CompletionPath>(path: Path, length: number): Path {
  if (length === 0) return path;
  const tokens: ScoredToken[] = [];
  let start = 0;
  for (const token of path.tokens) {
    const typed = Math.max(0, Math.min(token.text.length, length - start));
    start += token.text.length;
    if (start <= length) continue;
    tokens.push(
      typed === 0
        ? token
        : { ...token, typedText: token.typedText + token.text.slice(0, typed), text: token.text.slice(typed) },
    );
  }
  return { ...path, text: path.text.slice(length), tokens };
}
