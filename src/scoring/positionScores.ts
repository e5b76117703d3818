import { partition } from './partition';
import { expOfDifference } from './softmax';
import { topK, type IndexedLogit } from './topK';

/** A candidate with its place in the whole distribution of its position. */
export interface ScoredCandidate extends IndexedLogit {
  /** Model probability, softmax over the whole vocabulary, 0 to 1. */
  readonly probability: number;
  /** 1 for the best entry; equal logits keep vocabulary order. */
  readonly rank: number;
}

/** Everything that is shown of one position: what the model weighed, and how sure it was. */
export interface PositionScores {
  /** The k best entries, best first; all V where k is above V. */
  readonly candidates: ScoredCandidate[];
  /** The entry that the completion goes on with, whether or not it is among the candidates. */
  readonly chosen: ScoredCandidate;
  /** Shannon entropy of the whole distribution in bits, 0 to log2(V). */
  readonly entropyBits: number;
  /** p1 - p2: probability of the best entry minus that of the second best (0 where there is none). */
  readonly margin: number;
  /** 1 minus the candidates' probabilities: what the k entries leave out; 0 to 1. */
  readonly remainingMass: number;
}

/**
 * Reduces the logits of one position to its candidates, entropy, margin and remaining mass, in two passes over the
 * vocabulary: selection (which also finds the maximum), and one exponential per entry for all sums. A third pass counts
 * the rank of the chosen entry only when it is not among the candidates.
 *
 * Entropy in nats is logZ - sum(p_i l_i), which needs no log per entry. NaN counts as -Infinity; +Infinity entries share
 * all mass equally. With no mass at all (every logit -Infinity or NaN) all probabilities, the entropy and the margin are
 * 0 and the remaining mass is 1.
 *
 * @param logits raw scores before temperature or filters, shape [V], V at least 1.
 * @param k how many candidates; a whole number of at least 1.
 * @param chosenId the entry that was taken; the best one by default.
 * @throws RangeError when the vocabulary is empty, k is below 1 or not whole, or chosenId is outside the vocabulary.
 */
export function scorePosition(logits: Float32Array, k: number, chosenId?: number): PositionScores {
  if (logits.length === 0) throw new RangeError('There are no logits to score: the vocabulary is empty.');
  if (chosenId !== undefined) checkId(logits, chosenId);
  // The margin needs the second best even for k = 1; NaN, Infinity and fractions are left for topK to refuse.
  const best = topK(logits, k === 1 ? 2 : k);
  const max = (best[0] as IndexedLogit).logit;
  const hasMass = max > -Infinity;
  const { sum, weightedSum } = hasMass ? partition(logits, max) : { sum: 1, weightedSum: 0 };

  const score = ({ id, logit }: IndexedLogit, rank: number): ScoredCandidate => {
    const probability = hasMass ? expOfDifference(logit, max) / sum : 0;
    return { id, logit, probability, rank };
  };
  const scored = best.map((candidate, index) => score(candidate, index + 1));
  const candidates = scored.slice(0, k);
  let mass = 0;
  for (const { probability } of candidates) mass += probability;

  const wantedId = chosenId ?? (best[0] as IndexedLogit).id;
  const chosen =
    scored.find(({ id }) => id === wantedId) ??
    score({ id: wantedId, logit: logits[wantedId] as number }, rankOf(logits, wantedId));
  return {
    candidates,
    chosen,
    entropyBits: Math.max(0, (Math.log(sum) - weightedSum / sum) * Math.LOG2E),
    margin: (scored[0] as ScoredCandidate).probability - (scored[1]?.probability ?? 0),
    remainingMass: Math.max(0, 1 - mass),
  };
}

/**
 * The place of an entry among all logits, 1 for the best: one more than the entries that are larger, or equal and earlier
 * in the vocabulary. NaN comes after every number.
 *
 * @param logits shape [V].
 * @throws RangeError when id is outside the vocabulary.
 */
export function rankOf(logits: Float32Array, id: number): number {
  checkId(logits, id);
  const logit = logits[id] as number;
  let rank = 1;
  // Number(...) instead of a branch: the comparisons are unpredictable, and a mispredicted branch costs four times as much.
  if (Number.isNaN(logit)) {
    for (let i = 0; i < logits.length; i++) rank += Number(i < id || !Number.isNaN(logits[i]));
    return rank;
  }
  for (let i = 0; i < id; i++) rank += Number((logits[i] as number) >= logit);
  for (let i = id + 1; i < logits.length; i++) rank += Number((logits[i] as number) > logit);
  return rank;
}

function checkId(logits: Float32Array, id: number): void {
  if (Number.isInteger(id) && id >= 0 && id < logits.length) return;
  throw new RangeError(
    `Token id ${id} is outside the vocabulary; it must be a whole number from 0 to ${logits.length - 1}.`,
  );
}
