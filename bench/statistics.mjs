/** Middle value of a non-empty list. */
export function median(values) {
  return quantile(values, 0.5);
}

/** Nearest-rank quantile of a non-empty list, `q` from 0 to 1. */
export function quantile(values, q) {
  if (values.length === 0) throw new RangeError('There are no values to take a quantile of.');
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(q * sorted.length) - 1))];
}

/**
 * Quantile of a waiting time of which some were cut short: a request that the next keystroke cancelled would have taken
 * longer than it was given. Kaplan and Meier, "Nonparametric estimation from incomplete observations" (1958).
 *
 * @param observations `{ ms, isComplete }`; an incomplete one says only that the true time is longer.
 * @returns milliseconds; Infinity where more than `1 - q` were cut short with nothing longer seen complete.
 */
export function quantileOfCensored(observations, q) {
  // At the same time, those that ended count before those that were cut.
  const sorted = [...observations].sort((a, b) => a.ms - b.ms || Number(b.isComplete) - Number(a.isComplete));
  let surviving = 1;
  for (const [index, { ms, isComplete }] of sorted.entries()) {
    if (!isComplete) continue;
    surviving *= 1 - 1 / (sorted.length - index);
    // 1e-9: the product of fractions ends a hair above the exact value.
    if (1 - surviving >= q - 1e-9) return ms;
  }
  return Infinity;
}
