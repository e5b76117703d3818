import { checkSamples } from './calibrationSamples';
import { sigmoid } from '../../completion/judge/logistic';
import type { LogisticRegression } from '../../protocol/modelProfile';

const MAX_ITERATIONS = 100;
const STEP_TOLERANCE = 1e-9;

/**
 * Ridge logistic regression by Newton's method (iteratively reweighted least squares) with step halving. Features are
 * standardised inside, so that the ridge treats them alike whatever their units; the weights returned are for raw features.
 * A constant feature gets weight 0.
 *
 * @param rows features, shape [n][d], finite; d at least 1.
 * @param outcomes whether each sample came true; n of them.
 * @param ridge L2 penalty on the standardised weights (not the intercept), above 0: keeps the fit finite on separable data.
 * @throws RangeError when shapes differ, there are no samples, a value is not finite, or ridge is not above 0.
 */
export function fitLogisticRegression(
  rows: readonly (readonly number[])[],
  outcomes: readonly boolean[],
  ridge = 1,
): LogisticRegression {
  if (!(ridge > 0) || !Number.isFinite(ridge)) {
    throw new RangeError(`The ridge penalty is ${ridge}; it must be a finite number above 0.`);
  }
  const size = rows[0]?.length ?? 0;
  const odd = rows.findIndex((row) => row.length !== size);
  if (odd >= 0) {
    throw new RangeError(
      `Sample ${odd} has ${rows[odd]?.length} features but sample 0 has ${size}; all need the same.`,
    );
  }
  const columns = Array.from({ length: size }, (_, j) => rows.map((row) => row[j] as number));
  if (size === 0) checkSamples([], outcomes);
  for (const column of columns) checkSamples(column, outcomes);
  const means = columns.map((column) => mean(column));
  const scales = columns.map(
    (column, j) => Math.sqrt(mean(column.map((x) => (x - (means[j] as number)) ** 2))) || Infinity,
  );
  // The last column is the intercept.
  const design = rows.map((row) => [...row.map((x, j) => (x - (means[j] as number)) / (scales[j] as number)), 1]);

  let beta: number[] = new Array<number>(size + 1).fill(0);
  let loss = penalisedLoss(design, outcomes, beta, ridge);
  for (let iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
    const direction = newtonDirection(design, outcomes, beta, ridge);
    let step = 1;
    let next = beta;
    let nextLoss = Infinity;
    for (; step > 1e-10; step /= 2) {
      next = beta.map((b, j) => b + step * (direction[j] as number));
      nextLoss = penalisedLoss(design, outcomes, next, ridge);
      if (nextLoss <= loss) break;
    }
    if (nextLoss > loss) break;
    beta = next;
    loss = nextLoss;
    if (Math.max(...direction.map((d) => Math.abs(d * step))) < STEP_TOLERANCE) break;
  }
  const weights = means.map((_, j) => (beta[j] as number) / (scales[j] as number));
  const intercept = weights.reduce((sum, weight, j) => sum - weight * (means[j] as number), beta[size] as number);
  return { weights, intercept };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, x, j) => sum + x * (b[j] as number), 0);
}

function penalisedLoss(
  design: readonly number[][],
  outcomes: readonly boolean[],
  beta: readonly number[],
  ridge: number,
): number {
  let loss = (ridge / 2) * dot(beta.slice(0, -1), beta.slice(0, -1));
  design.forEach((row, i) => {
    const z = dot(row, beta) * (outcomes[i] ? 1 : -1);
    loss += z >= 0 ? Math.log1p(Math.exp(-z)) : Math.log1p(Math.exp(z)) - z;
  });
  return loss;
}

/** Solves (X' W X + ridge I) d = X' (y - p) - ridge beta. */
function newtonDirection(
  design: readonly number[][],
  outcomes: readonly boolean[],
  beta: readonly number[],
  ridge: number,
): number[] {
  const size = beta.length;
  const penalty = (j: number): number => (j < size - 1 ? ridge : 0);
  // A hair on the intercept too: with every sample certain its curvature underflows to 0.
  const hessian = beta.map((_, j) => beta.map((__, l) => (j === l ? penalty(j) + 1e-12 : 0)));
  const gradient = beta.map((b, j) => -penalty(j) * b);
  design.forEach((row, i) => {
    const p = sigmoid(dot(row, beta));
    const error = (outcomes[i] ? 1 : 0) - p;
    for (let j = 0; j < size; j++) {
      const x = row[j] as number;
      (gradient[j] as number) += x * error;
      const line = hessian[j] as number[];
      for (let l = 0; l < size; l++) (line[l] as number) += p * (1 - p) * x * (row[l] as number);
    }
  });
  return solvePositiveDefinite(hessian, gradient);
}

/** Cholesky factorisation in place, then forward and back substitution. */
function solvePositiveDefinite(matrix: number[][], rightSide: number[]): number[] {
  const size = rightSide.length;
  const at = (j: number, l: number): number => (matrix[j] as number[])[l] as number;
  for (let j = 0; j < size; j++) {
    for (let l = 0; l <= j; l++) {
      let value = at(j, l);
      for (let m = 0; m < l; m++) value -= at(j, m) * at(l, m);
      (matrix[j] as number[])[l] = j === l ? Math.sqrt(value) : value / at(l, l);
    }
  }
  const solution = [...rightSide];
  for (let j = 0; j < size; j++) {
    for (let m = 0; m < j; m++) (solution[j] as number) -= at(j, m) * (solution[m] as number);
    (solution[j] as number) /= at(j, j);
  }
  for (let j = size - 1; j >= 0; j--) {
    for (let m = j + 1; m < size; m++) (solution[j] as number) -= at(m, j) * (solution[m] as number);
    (solution[j] as number) /= at(j, j);
  }
  return solution;
}
