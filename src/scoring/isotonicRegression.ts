import { checkSamples } from './calibrationSamples';

/** A fitted non-decreasing function as its corner points, in order of score; linear between them, constant outside. */
export interface IsotonicRegression {
  readonly scores: readonly number[];
  readonly probabilities: readonly number[];
}

interface Block {
  first: number;
  last: number;
  sum: number;
  weight: number;
}

/**
 * The non-decreasing function of the score with the least squared error to the outcomes, by pooling adjacent violators
 * (Ayer et al., "An empirical distribution function for sampling with incomplete information", 1955). Samples with equal
 * scores are one point. O(n log n) for the sort, O(n) for the pooling.
 *
 * @param scores one score for each sample, finite.
 * @param outcomes whether each sample came true; same length.
 * @throws RangeError when the lengths differ, there are no samples, or a score is not finite.
 */
export function fitIsotonicRegression(scores: readonly number[], outcomes: readonly boolean[]): IsotonicRegression {
  checkSamples(scores, outcomes);
  const order = scores.map((_, i) => i).sort((a, b) => (scores[a] as number) - (scores[b] as number));
  const blocks: Block[] = [];
  for (const i of order) {
    const score = scores[i] as number;
    const outcome = outcomes[i] ? 1 : 0;
    const last = blocks.at(-1);
    if (last !== undefined && last.first === score) {
      last.sum += outcome;
      last.weight++;
    } else {
      if (last !== undefined) poolViolators(blocks);
      blocks.push({ first: score, last: score, sum: outcome, weight: 1 });
    }
  }
  poolViolators(blocks);

  const corners = blocks.flatMap(({ first, last, sum, weight }) => {
    const probability = sum / weight;
    return first === last
      ? [[first, probability] as const]
      : [[first, probability] as const, [last, probability] as const];
  });
  return { scores: corners.map(([score]) => score), probabilities: corners.map(([, probability]) => probability) };
}

/** The calibrated probability of a score. */
export function applyIsotonicRegression({ scores, probabilities }: IsotonicRegression, score: number): number {
  let low = 0;
  let high = scores.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((scores[middle] as number) < score) low = middle + 1;
    else high = middle;
  }
  // `low` is now the first corner at or right of the score.
  if (low === 0) return probabilities[0] as number;
  if (low === scores.length) return probabilities[low - 1] as number;
  const left = scores[low - 1] as number;
  const right = scores[low] as number;
  const from = probabilities[low - 1] as number;
  const to = probabilities[low] as number;
  return from + ((score - left) / (right - left)) * (to - from);
}

/** Merges the last block into those before it for as long as its mean is not above theirs. */
function poolViolators(blocks: Block[]): void {
  while (blocks.length > 1) {
    const last = blocks[blocks.length - 1] as Block;
    const before = blocks[blocks.length - 2] as Block;
    if (before.sum * last.weight < last.sum * before.weight) return;
    blocks.pop();
    before.last = last.last;
    before.sum += last.sum;
    before.weight += last.weight;
  }
}
