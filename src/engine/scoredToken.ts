import type { Candidate, ScoredToken } from '../completion/completionPath';
import type { PositionScores } from '../scoring/positionScores';
import type { ModelTokenizer } from './tokenizer';

/** The scores of a position as they leave the process: with texts instead of bare ids, without impossible candidates. */
export function toScoredToken(
  { chosen, candidates, entropyBits, margin, remainingMass }: PositionScores,
  tokenizer: ModelTokenizer,
  { text, typedText, drafted }: Pick<ScoredToken, 'text' | 'typedText' | 'drafted'>,
): ScoredToken {
  const { id, logit, probability, rank } = chosen;
  const readable = ({ id, logit, probability }: (typeof candidates)[number]): Candidate => ({
    ...{ text: tokenizer.displayText(id), id, logit, probability },
  });
  return {
    ...{ text, id, logit, probability, rank, entropyBits, margin, remainingMass, drafted, typedText },
    candidates: candidates.filter(({ logit }) => logit > -Infinity).map(readable),
  };
}
