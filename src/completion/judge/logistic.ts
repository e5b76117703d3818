import type { LogisticRegression } from '../../protocol/modelProfile';

/** 1 / (1 + exp(-z)), without overflow for any z. */
export function sigmoid(z: number): number {
  if (z >= 0) return 1 / (1 + Math.exp(-z));
  const e = Math.exp(z);
  return e / (1 + e);
}

/**
 * The model's probability for one row of raw features.
 *
 * @throws RangeError when the row has another number of features than the model.
 */
export function applyLogisticRegression(
  { weights, intercept }: LogisticRegression,
  features: readonly number[],
): number {
  if (features.length !== weights.length) {
    throw new RangeError(`There are ${features.length} features; this model has ${weights.length} weights.`);
  }
  return sigmoid(weights.reduce((sum, weight, j) => sum + weight * (features[j] as number), intercept));
}
