/**
 * The knee of a curve that grows ever more slowly: where more of x stops being worth it. Kneedle for a whole concave
 * increasing curve (Satopää, Albrecht, Irwin and Raghavan, "Finding a 'Kneedle' in a haystack: detecting knee points in
 * system behavior", ICDCS Workshops 2011, section III), without its smoothing step: hit rates over the same tokens never
 * fall, so there is no noise to smooth. Both axes are scaled to 0...1; candidates are the local maxima of y - x, and the
 * first after which the difference falls by `sensitivity` mean steps of x before the next candidate is the knee.
 *
 * @param x increasing, at least two values.
 * @param y one value for each x.
 * @param sensitivity how far the curve has to fall behind before a knee is declared; 1 is the paper's own choice.
 * @returns the index of the knee; undefined for a flat curve or one that never falls behind its chord.
 * @throws RangeError when the lengths differ, there are fewer than two points, or x does not increase.
 */
export function findKnee(x: readonly number[], y: readonly number[], sensitivity = 1): number | undefined {
  if (x.length !== y.length || x.length < 2) {
    throw new RangeError(`There are ${x.length} x and ${y.length} y; give at least two points, one y for each x.`);
  }
  if (x.some((value, index) => index > 0 && !(value > x[index - 1]!))) {
    throw new RangeError('The x of a curve must increase from point to point.');
  }
  const width = x.at(-1)! - x[0]!;
  const low = Math.min(...y);
  const height = Math.max(...y) - low;
  if (!(height > 0)) return undefined;
  const difference = x.map((value, index) => (y[index]! - low) / height - (value - x[0]!) / width);
  // The mean step of x, scaled to 0...1.
  const drop = sensitivity / (x.length - 1);
  let candidate: number | undefined;
  for (let index = 1; index < x.length; index++) {
    const value = difference[index]!;
    if (candidate !== undefined && value < difference[candidate]! - drop) return candidate;
    const next = difference[index + 1] ?? -Infinity;
    const isMaximum = value > difference[index - 1]! && value >= next;
    if (isMaximum && index + 1 < x.length) candidate = index;
  }
  return undefined;
}
