import type { JudgedCase } from '../judge/caseResult';

/** What a threshold of the display would come to. */
export interface ShownPrecision {
  /** The lowest confidence that is shown. */
  readonly minimumConfidence: number;
  /** Share of all cases that are shown, 0 to 1. */
  readonly share: number;
  /** Share of those shown that are an exact match, 0 to 1. */
  readonly precision: number;
}

/**
 * Precision against share shown, for every threshold that makes a difference: one point for each distinct confidence of a
 * completion, the highest first, so that the share grows. Cases without a completion are never shown.
 */
export function precisionByShare(cases: readonly JudgedCase[]): ShownPrecision[] {
  const byConfidence = cases
    .filter(({ completed }) => completed)
    .sort((one, other) => other.confidence - one.confidence);
  const points: ShownPrecision[] = [];
  let right = 0;
  byConfidence.forEach(({ confidence, exactMatch }, index) => {
    if (exactMatch) right++;
    if (byConfidence[index + 1]?.confidence === confidence) return;
    const shown = index + 1;
    points.push({ minimumConfidence: confidence, share: shown / cases.length, precision: right / shown });
  });
  return points;
}

/**
 * The precision at a share shown: that of the strictest threshold which shows at least this share. Null where no threshold
 * does, because too many cases have no completion.
 */
export function precisionAtShare(points: readonly ShownPrecision[], share: number): ShownPrecision | null {
  return points.find((point) => point.share >= share) ?? null;
}
