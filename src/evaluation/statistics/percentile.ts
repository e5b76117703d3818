/**
 * A percentile with linear interpolation between the two nearest values (type 7 of Hyndman and Fan, "Sample quantiles in
 * statistical packages", 1996).
 *
 * @param values at least one, in any order.
 * @param share which percentile, 0 to 1: 0.5 is the median.
 * @throws RangeError when there are no values or share is outside 0 to 1.
 */
export function percentile(values: readonly number[], share: number): number {
  if (values.length === 0) throw new RangeError('There are no values to take a percentile of; give at least one.');
  if (!(share >= 0 && share <= 1)) throw new RangeError(`The percentile is ${share}; it must lie between 0 and 1.`);
  const sorted = Float64Array.from(values).sort();
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const low = sorted[below] as number;
  const high = sorted[Math.ceil(place)] as number;
  return low + (high - low) * (place - below);
}
