import type { Candidate, CompletionPath, ScoredToken } from '../../protocol/completionPath';
import type { ScoredTextToken, ScoreResult, Timings } from '../../protocol/messages';

interface CompletionToPrint extends Omit<CompletionPath, 'tokenIds'> {
  readonly appliedRules: readonly string[];
  readonly alternatives: readonly Omit<CompletionPath, 'tokenIds'>[];
  readonly timings: Timings;
  readonly model: string;
}

/** The object of `topk complete --json`: a public format, so its fields are named one by one. */
export function completionJson(completion: CompletionToPrint): object {
  const { queueMs, prefillTokens, reusedTokens, prefillMs, decodeMs, decodedTokens, acceptedDraftTokens } =
    completion.timings;
  return {
    text: completion.text,
    stopReason: completion.stopReason,
    appliedRules: completion.appliedRules,
    tokens: completion.tokens.map(tokenJson),
    alternatives: completion.alternatives.map(({ text, tokens }) => ({ text, tokens: tokens.map(tokenJson) })),
    timings: { queueMs, prefillTokens, reusedTokens, prefillMs, decodeMs, decodedTokens, acceptedDraftTokens },
    model: completion.model,
  };
}

/** The object of `topk score --json`. */
export function scoreJson(score: ScoreResult): object {
  return {
    tokens: score.tokens.map((token) => ({ ...tokenJson(token), ...spanJson(token) })),
    bitsPerCharacter: score.bitsPerCharacter,
    perplexity: score.perplexity,
  };
}

function tokenJson(token: ScoredToken): object {
  const { text, id, logit, probability, rank, entropyBits, margin, remainingMass, drafted, candidates } = token;
  return {
    text,
    id,
    logit,
    probability,
    rank,
    entropyBits,
    margin,
    remainingMass,
    drafted,
    candidates: candidates.map(candidateJson),
  };
}

function spanJson({ bits, start, end }: ScoredTextToken): object {
  return { bits, start, end };
}

function candidateJson({ text, id, logit, probability }: Candidate): object {
  return { text, id, logit, probability };
}
