import { checkSamples } from './calibrationSamples';
import { sigmoid } from './sigmoid';

/** A fitted sigmoid: probability = sigmoid(slope * score + intercept). */
export interface PlattScaling {
  readonly slope: number;
  readonly intercept: number;
}

const MAX_ITERATIONS = 100;
const GRADIENT_TOLERANCE = 1e-5;
const SMALLEST_STEP = 1e-10;
/** Added to the Hessian's diagonal so that it stays positive definite. */
const HESSIAN_RIDGE = 1e-12;

/**
 * Fits Platt's sigmoid by Newton's method with backtracking, after H.-T. Lin, C.-J. Lin and R. C. Weng, "A note on Platt's
 * probabilistic outputs for support vector machines", Machine Learning 68, 2007, appendix C (whose A and B are -slope and
 * -intercept). Targets are Platt's (N+ + 1) / (N+ + 2) and 1 / (N- + 2), which keep the fit finite on separable data.
 *
 * @param scores one score for each sample, any scale, finite.
 * @param outcomes whether each sample came true; same length.
 * @throws RangeError when the lengths differ, there are no samples, or a score is not finite.
 */
export function fitPlattScaling(scores: readonly number[], outcomes: readonly boolean[]): PlattScaling {
  checkSamples(scores, outcomes);
  const positives = outcomes.filter(Boolean).length;
  const negatives = outcomes.length - positives;
  const highTarget = (positives + 1) / (positives + 2);
  const lowTarget = 1 / (negatives + 2);
  const targets = outcomes.map((outcome) => (outcome ? highTarget : lowTarget));

  let slope = 0;
  let intercept = Math.log((positives + 1) / (negatives + 1));
  let loss = crossEntropy(scores, targets, slope, intercept);
  for (let iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
    let h11 = HESSIAN_RIDGE;
    let h22 = HESSIAN_RIDGE;
    let h21 = 0;
    let g1 = 0;
    let g2 = 0;
    scores.forEach((score, i) => {
      const p = sigmoid(slope * score + intercept);
      const curvature = p * (1 - p);
      h11 += score * score * curvature;
      h22 += curvature;
      h21 += score * curvature;
      const error = p - (targets[i] as number);
      g1 += score * error;
      g2 += error;
    });
    if (Math.abs(g1) < GRADIENT_TOLERANCE && Math.abs(g2) < GRADIENT_TOLERANCE) break;
    const determinant = h11 * h22 - h21 * h21;
    const slopeStep = -(h22 * g1 - h21 * g2) / determinant;
    const interceptStep = -(h11 * g2 - h21 * g1) / determinant;
    const descent = g1 * slopeStep + g2 * interceptStep;

    let step = 1;
    for (; step >= SMALLEST_STEP; step /= 2) {
      const newSlope = slope + step * slopeStep;
      const newIntercept = intercept + step * interceptStep;
      const newLoss = crossEntropy(scores, targets, newSlope, newIntercept);
      if (newLoss < loss + 1e-4 * step * descent) {
        slope = newSlope;
        intercept = newIntercept;
        loss = newLoss;
        break;
      }
    }
    if (step < SMALLEST_STEP) break;
  }
  return { slope, intercept };
}

/** The calibrated probability of a score, strictly increasing in it where the slope is positive. */
export function applyPlattScaling({ slope, intercept }: PlattScaling, score: number): number {
  return sigmoid(slope * score + intercept);
}

/** -sum(t ln p + (1 - t) ln(1 - p)), written so that neither logarithm nor exponential overflows. */
function crossEntropy(scores: readonly number[], targets: readonly number[], slope: number, intercept: number): number {
  let loss = 0;
  scores.forEach((score, i) => {
    const z = slope * score + intercept;
    const target = targets[i] as number;
    loss += z >= 0 ? (1 - target) * z + Math.log1p(Math.exp(-z)) : -target * z + Math.log1p(Math.exp(z));
  });
  return loss;
}
