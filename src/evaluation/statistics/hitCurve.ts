/** What a choice among the first k candidates would reach. */
export interface HitPoint {
  readonly k: number;
  /** Share of the expected tokens that are among the k best candidates, over all tokens. */
  readonly hitRate: number;
  /** Share of the lines that follow from picking the first token among k and taking the best one from there on. */
  readonly linesByFirstToken: number;
  /** Share of the lines that can be put together by picking each token among k. */
  readonly linesByEachToken: number;
}

/**
 * Hit rates and reachable lines for every k from 1 on. Ranks are teacher-forced: each is that of the expected token behind the
 * real text before it, so a line is reachable where its own tokens are, and where the model would end it is not asked.
 *
 * @param ranksOfLines for each line, the rank of each of its expected tokens, 1 for the best. Lines without one are left out.
 * @param maximumK the largest k, at least 1.
 * @throws RangeError when no line has a token.
 */
export function hitCurve(ranksOfLines: readonly (readonly number[])[], maximumK: number): HitPoint[] {
  const lines = ranksOfLines.filter((ranks) => ranks.length > 0);
  if (lines.length === 0) throw new RangeError('No line has an expected token; give at least one that has.');
  const ranks = lines.flat();
  const first = lines.map(([rank, ...rest]) => (rest.every((other) => other === 1) ? rank! : Infinity));
  const worst = lines.map((line) => line.reduce((one, other) => Math.max(one, other)));
  return Array.from({ length: maximumK }, (_, index) => ({
    k: index + 1,
    hitRate: shareWithin(ranks, index + 1),
    linesByFirstToken: shareWithin(first, index + 1),
    linesByEachToken: shareWithin(worst, index + 1),
  }));
}

function shareWithin(ranks: readonly number[], k: number): number {
  return ranks.filter((rank) => rank <= k).length / ranks.length;
}
