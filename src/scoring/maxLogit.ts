/**
 * The largest logit; NaN counts as -Infinity, and so does an empty array's maximum.
 *
 * @param logits shape [V].
 */
export function maxLogit(logits: Float32Array): number {
  let max = -Infinity;
  for (let i = 0; i < logits.length; i++) {
    const logit = logits[i] as number;
    if (logit > max) max = logit;
  }
  return max;
}
