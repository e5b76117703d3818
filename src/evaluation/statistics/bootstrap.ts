import { percentile } from './percentile';
import { seededRandom } from './random';

/** A figure that is the sum of one number over the cases divided by the sum of another, such as hits over tokens. */
export interface RatioOfSums {
  /** One number per case. */
  readonly numerators: readonly number[];
  readonly denominators: readonly number[];
}

/** Lower and upper end. */
export type Interval = readonly [number, number];

export interface BootstrapOptions {
  /** How many samples to draw; 1,000 by default. */
  readonly samples?: number;
  /** Share of the samples inside the interval; 0.95 by default. */
  readonly level?: number;
  readonly seed?: number;
}

/** The figure itself; NaN where its denominators sum to 0. */
export function ratioOfSums({ numerators, denominators }: RatioOfSums): number {
  return total(numerators) / total(denominators);
}

/**
 * Percentile bootstrap (Efron and Tibshirani, "An introduction to the bootstrap", 1993, section 13.3): cases are drawn
 * with replacement, and all figures are computed on each draw, so that a case's tokens stay together.
 *
 * @param figures each over the same cases.
 * @returns the interval of each figure, in the same order; undefined where no draw had a denominator above 0.
 * @throws RangeError when the figures are not over the same number of cases, or samples or level is out of range.
 */
export function bootstrapIntervals(
  figures: readonly RatioOfSums[],
  { samples = 1000, level = 0.95, seed = 1 }: BootstrapOptions = {},
): (Interval | undefined)[] {
  const cases = check(figures, samples, level);
  const draws = drawRatios(figures, cases, samples, seed);
  return draws.map((values) =>
    intervalOf(
      values.filter((value) => Number.isFinite(value)),
      level,
    ),
  );
}

/** A figure with and without something, and what that makes of it. */
export interface PairedDifference {
  /** The figure with it less the figure without it; NaN where either has no denominator. */
  readonly difference: number;
  /** Undefined where no draw had a denominator above 0 on both sides. */
  readonly interval: Interval | undefined;
}

/**
 * Percentile bootstrap of a difference between two runs over the same cases. Both figures are computed on the same draws, so
 * that what makes a case hard for either run cancels out: the interval is that of the change, far narrower than the two
 * runs' own (Efron and Tibshirani, 1993, section 8.3, on bootstrapping pairs).
 *
 * @param on one side, case by case in the same order as `off`.
 * @throws RangeError as bootstrapIntervals does.
 */
export function pairedDifference(
  on: RatioOfSums,
  off: RatioOfSums,
  { samples = 1000, level = 0.95, seed = 1 }: BootstrapOptions = {},
): PairedDifference {
  const cases = check([on, off], samples, level);
  const [withIt, without] = drawRatios([on, off], cases, samples, seed) as [number[], number[]];
  const differences = withIt.map((value, draw) => value - without[draw]!).filter((value) => Number.isFinite(value));
  return { difference: ratioOfSums(on) - ratioOfSums(off), interval: intervalOf(differences, level) };
}

/** The number of cases that all figures are over. */
function check(figures: readonly RatioOfSums[], samples: number, level: number): number {
  const cases = figures[0]?.numerators.length ?? 0;
  if (!Number.isInteger(samples) || samples < 1) {
    throw new RangeError(`The number of samples is ${samples}; it must be a whole number of at least 1.`);
  }
  if (!(level > 0 && level < 1)) throw new RangeError(`The level is ${level}; it must lie between 0 and 1.`);
  if (figures.some(({ numerators, denominators }) => numerators.length !== cases || denominators.length !== cases)) {
    throw new RangeError(`The figures are not over the same cases; give each ${cases} numerators and denominators.`);
  }
  return cases;
}

/** Every figure on each draw of cases with replacement; NaN where the draw's denominators sum to 0. */
function drawRatios(figures: readonly RatioOfSums[], cases: number, samples: number, seed: number): number[][] {
  const random = seededRandom(seed);
  const draws = figures.map((): number[] => []);
  const drawn = new Uint32Array(cases);
  for (let sample = 0; sample < samples; sample++) {
    for (let index = 0; index < cases; index++) drawn[index] = Math.floor(random() * cases);
    figures.forEach(({ numerators, denominators }, figure) => {
      let numerator = 0;
      let denominator = 0;
      for (const index of drawn) {
        numerator += numerators[index]!;
        denominator += denominators[index]!;
      }
      draws[figure]!.push(numerator / denominator);
    });
  }
  return draws;
}

function intervalOf(values: readonly number[], level: number): Interval | undefined {
  const outside = (1 - level) / 2;
  return values.length === 0 ? undefined : [percentile(values, outside), percentile(values, 1 - outside)];
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
