import { formatDecimal, formatDuration, formatPercent } from '../../text/formatNumber';
import type { ChooseKFigures } from '../statistics/chooseKFigures';

export const curveHeader = ['k', 'hit rate', 'lines, each token', 'lines, first token'];
export const costHeader = ['k', 'candidates, a token', 'answer, p50'];

/** One row for each k. */
export function curveRows({ curve, knee }: ChooseKFigures): string[][] {
  return curve.map(({ k, hitRate, linesByEachToken, linesByFirstToken }) => [
    k === knee ? `${k} (knee)` : String(k),
    ...[hitRate, linesByEachToken, linesByFirstToken].map(formatPercent),
  ]);
}

/** One row for each k that was measured. */
export function costRows({ cost }: ChooseKFigures): string[][] {
  return cost.map(({ k, candidateMs, latencyMs }) => [
    String(k),
    `${formatDecimal(candidateMs, 3)} ms`,
    formatDuration(latencyMs),
  ]);
}
