import { checkSamples } from './calibrationSamples';

/** One row of a reliability table: the samples whose confidence lies in [lower, upper), the last bin including 1. */
export interface ReliabilityBin {
  readonly lower: number;
  readonly upper: number;
  readonly count: number;
  /** Mean confidence of the bin's samples; NaN for an empty bin. */
  readonly meanConfidence: number;
  /** Share of the bin's samples that came true; NaN for an empty bin. */
  readonly accuracy: number;
}

/** Expected calibration error with the table it was computed from. */
export interface CalibrationError {
  /** sum(count / n * |accuracy - meanConfidence|), 0 to 1. */
  readonly expectedCalibrationError: number;
  readonly bins: readonly ReliabilityBin[];
}

/**
 * Expected calibration error over bins of equal width (Guo et al., "On calibration of modern neural networks", ICML 2017,
 * equation 3).
 *
 * @param confidences model probabilities, 0 to 1.
 * @param outcomes whether each sample came true; same length.
 * @param bins number of bins, at least 1.
 * @throws RangeError when the lengths differ, there are no samples, a confidence is outside 0 to 1, or bins is below 1.
 */
export function expectedCalibrationError(
  confidences: readonly number[],
  outcomes: readonly boolean[],
  bins: number,
): CalibrationError {
  checkSamples(confidences, outcomes);
  if (!Number.isInteger(bins) || bins < 1) {
    throw new RangeError(`The number of bins is ${bins}; it must be a whole number of at least 1.`);
  }
  const totals = Array.from({ length: bins }, () => ({ count: 0, confidence: 0, correct: 0 }));
  confidences.forEach((confidence, i) => {
    if (confidence < 0 || confidence > 1) {
      throw new RangeError(`Confidence ${i} is ${confidence}; it must lie between 0 and 1.`);
    }
    const total = totals[Math.min(bins - 1, Math.floor(confidence * bins))] as (typeof totals)[number];
    total.count++;
    total.confidence += confidence;
    if (outcomes[i]) total.correct++;
  });
  let error = 0;
  const table = totals.map(({ count, confidence, correct }, i) => {
    error += Math.abs(correct - confidence) / confidences.length;
    return {
      lower: i / bins,
      upper: (i + 1) / bins,
      count,
      meanConfidence: confidence / count,
      accuracy: correct / count,
    };
  });
  return { expectedCalibrationError: error, bins: table };
}
