import { type CompletionPath, cutTokens, type ScoredToken } from '../../protocol/completionPath';

/** The first word of a completion, with what it is made of. */
export interface NextWord {
  /** From the caret on, blanks before it included. */
  readonly text: string;
  readonly tokens: readonly ScoredToken[];
  /** Product of its tokens' model probabilities. */
  readonly probability: number;
}

/** A word, or a run of signs; blanks before it belong to it. */
const firstWord = /^\s*(?:[\p{L}\p{N}_$]+|[^\s\p{L}\p{N}_$]+)/u;

/** The next words that several completions offer, most probable first, each once. */
export function nextWords(paths: readonly CompletionPath[]): NextWord[] {
  const words = new Map<string, NextWord>();
  for (const path of paths) {
    const text = firstWord.exec(path.text)?.[0];
    if (text === undefined || words.has(text)) continue;
    const tokens = cutTokens(path.tokens, text.length);
    words.set(text, { text, tokens, probability: tokens.reduce((product, token) => product * token.probability, 1) });
  }
  return [...words.values()].sort((a, b) => b.probability - a.probability);
}
