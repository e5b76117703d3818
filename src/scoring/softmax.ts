import { expOfNegative } from './expOfNegative';
import { maxLogit } from './maxLogit';
import { partition } from './partition';

/**
 * ln(sum(exp(logits))), stable for any finite scale because the maximum is taken out first.
 *
 * @param logits natural-log scores, shape [V]; NaN counts as -Infinity (a masked entry).
 * @returns the log of the partition function; +Infinity when a logit is +Infinity; -Infinity when there is no mass at all
 *   (empty array, or every logit -Infinity or NaN).
 */
export function logSumExp(logits: Float32Array): number {
  const max = maxLogit(logits);
  if (!Number.isFinite(max)) return max;
  return max + Math.log(partition(logits, max).sum);
}

/**
 * Probabilities exp(l_i) / sum(exp(l_j)) of every vocabulary entry.
 *
 * @param logits natural-log scores, shape [V]; NaN counts as -Infinity, and -Infinity gives exactly 0.
 * @returns shape [V]. With +Infinity among the logits, all mass is shared equally among the +Infinity entries (the limit of
 *   letting them grow together). With no mass at all (every logit -Infinity or NaN) every entry is 0, not 1 / V: nothing
 *   was scored, and a uniform guess would look like a score. An empty array gives an empty array.
 */
export function softmax(logits: Float32Array): Float32Array {
  const probabilities = new Float32Array(logits.length);
  const max = maxLogit(logits);
  if (max === -Infinity) return probabilities;
  const scale = 1 / partition(logits, max).sum;
  for (let i = 0; i < logits.length; i++) probabilities[i] = scale * expOfDifference(logits[i] as number, max);
  return probabilities;
}

/**
 * exp(logit - max) for logit <= max, where equal infinities differ by 0 (exp 1) and NaN gives 0.
 */
export function expOfDifference(logit: number, max: number): number {
  return logit === max ? 1 : expOfNegative(logit - max);
}
