import { EXP_CUTOFF, expOfNegative } from './expOfNegative';

/** The sums over the vocabulary that probability and entropy need, relative to the maximum logit. */
export interface Partition {
  /** Z = sum(exp(l_i - max)); at least 1 where the maximum is one of the logits. */
  readonly sum: number;
  /** sum((l_i - max) exp(l_i - max)), in nats; 0 or below. */
  readonly weightedSum: number;
}

/**
 * Both sums in one pass with one exponential per entry.
 *
 * @param logits shape [V]; NaN and -Infinity add nothing.
 * @param max the largest logit, +Infinity included (then only the +Infinity entries count, each as exp(0)); not -Infinity.
 */
export function partition(logits: Float32Array, max: number): Partition {
  if (max === Infinity) return { sum: countOf(logits, Infinity), weightedSum: 0 };
  let sum = 0;
  let weightedSum = 0;
  for (let i = 0; i < logits.length; i++) {
    const difference = (logits[i] as number) - max;
    // Keeps 0 * -Infinity, which is NaN, out of the sum.
    if (!(difference >= EXP_CUTOFF)) continue;
    const weight = expOfNegative(difference);
    sum += weight;
    weightedSum += difference * weight;
  }
  return { sum, weightedSum };
}

function countOf(logits: Float32Array, value: number): number {
  let count = 0;
  for (let i = 0; i < logits.length; i++) if (logits[i] === value) count++;
  return count;
}
