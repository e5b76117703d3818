import type { Candidate, ScoredToken } from '../protocol/completionPath';
import { memoryShareOf } from './memoryBlend';
import type { PositionScores, ScoredCandidate } from '../scoring/positionScores';
import type { ModelTokenizer } from './tokenizer';

export interface TokenFacts extends Pick<ScoredToken, 'text' | 'typedText' | 'drafted'> {
  /** The model's own logits, shape [V]: the scores may be of logits that the memory was blended into. */
  readonly modelLogits: Float32Array;
}

/** The scores of a position as they leave the process: with texts instead of bare ids, without impossible candidates. */
export function toScoredToken(
  { chosen, candidates, entropyBits, margin, remainingMass }: PositionScores,
  tokenizer: ModelTokenizer,
  { text, typedText, drafted, modelLogits }: TokenFacts,
): ScoredToken {
  const toCandidate = ({ id, logit, probability }: ScoredCandidate): Candidate => {
    const modelLogit = modelLogits[id]!;
    const memoryShare = memoryShareOf(modelLogit, logit);
    return { text: tokenizer.displayText(id), id, logit: modelLogit, probability, memoryShare };
  };
  return {
    ...toCandidate(chosen),
    text,
    rank: chosen.rank,
    entropyBits,
    margin,
    remainingMass,
    drafted,
    typedText,
    candidates: candidates.filter(({ logit }) => logit > -Infinity).map(toCandidate),
  };
}
