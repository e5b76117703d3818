import { expectedCalibrationError, type ReliabilityBin } from './calibrationError';
import { bootstrapIntervals, ratioOfSums, type BootstrapOptions, type Interval, type RatioOfSums } from './bootstrap';
import type { JudgedCase } from '../judge/caseResult';
import { percentile } from './percentile';
import { languageOf } from '../suite/sampleCases';

/** The k whose hit rate is reported. */
export const REPORTED_K = [1, 2, 3, 5, 10] as const;

/** Bins of the reliability table. */
const CALIBRATION_BINS = 10;

const FIGURE_NAMES = [
  'exactMatch',
  'prefixShare',
  'editSimilarity',
  'bitsPerCharacter',
  'shownShare',
  'shownPrecision',
  'duplicateRate',
  'unbalancedRate',
] as const;
export type FigureName = (typeof FIGURE_NAMES)[number];

type PerK<T> = Record<`${(typeof REPORTED_K)[number]}`, T>;

/** The median and the time that one in twenty exceeds. */
export interface Percentiles {
  readonly p50: number;
  readonly p95: number;
}

/**
 * Figures of a set of cases; null where there is nothing to compute one from, such as a precision when nothing was shown.
 * Shares and rates are 0 to 1.
 */
export interface Figures extends Record<FigureName, number | null> {
  readonly n: number;
  /** Share of the expected tokens among the k best candidates, over all tokens of all cases. */
  readonly topKHit: PerK<number | null>;
  /** Expected calibration error of the confidence that the line is right, over the cases with a completion. */
  readonly ece: number | null;
  /** The table behind ece; bins without a case are left out. */
  readonly reliability: readonly ReliabilityBin[];
  /** From request to answer with none of the prompt in the engine's cache. */
  readonly latencyMs: Percentiles;
  /** The engine's share of latencyMs that went into the prompt, and into the completion's tokens. */
  readonly prefillMs: Percentiles;
  readonly decodeMs: Percentiles;
  /** From request to answer at each of the last typed characters of some cases; null where it was not measured. */
  readonly latencyWhileTypingMs: Percentiles | null;
  /** Bootstrap intervals over the cases. */
  readonly confidenceIntervals: Record<FigureName, Interval | null> & { readonly topKHit: PerK<Interval | null> };
}

/** The figures of a whole suite. */
export interface EvaluationSummary extends Figures {
  /** Cases without a language are under "unknown". */
  readonly byLanguage: Readonly<Record<string, Figures>>;
}

/**
 * Figures of all cases, and of each language.
 *
 * @param cases at least one.
 * @param options of the bootstrap; the same seed gives the same intervals.
 * @throws RangeError when there are no cases.
 */
export function summarize(cases: readonly JudgedCase[], options: BootstrapOptions = {}): EvaluationSummary {
  const languages = new Map<string, JudgedCase[]>();
  for (const each of cases) {
    const language = languageOf(each.case);
    const own = languages.get(language);
    if (own === undefined) languages.set(language, [each]);
    else own.push(each);
  }
  const byLanguage = Object.fromEntries([...languages].map(([language, own]) => [language, figuresOf(own, options)]));
  return { ...figuresOf(cases, options), byLanguage };
}

function figuresOf(cases: readonly JudgedCase[], options: BootstrapOptions): Figures {
  if (cases.length === 0) throw new RangeError('There are no cases to summarize; give at least one.');
  const ratios = ratiosOf(cases);
  const hits = REPORTED_K.map((k) => hitRatio(cases, k));
  const values = [...FIGURE_NAMES.map((name) => ratios[name]), ...hits];
  const intervals = bootstrapIntervals(values, options).map((interval) => interval ?? null);
  const numbers = values.map((ratio) => finiteOrNull(ratioOfSums(ratio)));
  const completed = cases.filter((each) => each.completed);
  const calibration =
    completed.length === 0
      ? undefined
      : expectedCalibrationError(
          completed.map(({ confidence }) => confidence),
          completed.map((each) => each.exactMatch),
          CALIBRATION_BINS,
        );
  const typing = cases.flatMap(({ typingMs }) => typingMs);
  return {
    n: cases.length,
    ...byName(numbers),
    topKHit: byK(numbers.slice(FIGURE_NAMES.length)),
    ece: calibration?.expectedCalibrationError ?? null,
    reliability: calibration?.bins.filter(({ count }) => count > 0) ?? [],
    latencyMs: percentiles(cases.map(({ latencyMs }) => latencyMs)),
    prefillMs: percentiles(cases.map(({ prefillMs }) => prefillMs)),
    decodeMs: percentiles(cases.map(({ decodeMs }) => decodeMs)),
    latencyWhileTypingMs: typing.length === 0 ? null : percentiles(typing),
    confidenceIntervals: { ...byName(intervals), topKHit: byK(intervals.slice(FIGURE_NAMES.length)) },
  };
}

function percentiles(values: readonly number[]): Percentiles {
  return { p50: percentile(values, 0.5), p95: percentile(values, 0.95) };
}

/** The figures of a set of cases as numerators and denominators, case by case: what a bootstrap draws from. */
export function ratiosOf(cases: readonly JudgedCase[]): Record<FigureName, RatioOfSums> {
  const each = (numerator: (one: JudgedCase) => number, denominator: (one: JudgedCase) => number): RatioOfSums => ({
    numerators: cases.map(numerator),
    denominators: cases.map(denominator),
  });
  const one = (): number => 1;
  const completed = (result: JudgedCase): number => Number(result.completed);
  return {
    exactMatch: each((result) => Number(result.exactMatch), one),
    prefixShare: each((result) => result.prefixShare, one),
    editSimilarity: each((result) => result.editSimilarity, one),
    bitsPerCharacter: each(
      (result) => result.bits,
      (result) => result.case.expected.length,
    ),
    shownShare: each((result) => Number(result.shown), one),
    shownPrecision: each(
      (result) => Number(result.shown && result.exactMatch),
      (result) => Number(result.shown),
    ),
    duplicateRate: each((result) => Number(result.duplicatesSuffix), completed),
    unbalancedRate: each((result) => Number(result.unbalancesBrackets), completed),
  };
}

function hitRatio(cases: readonly JudgedCase[], k: number): RatioOfSums {
  return {
    numerators: cases.map(
      ({ topKRankOfExpectedTokens }) => topKRankOfExpectedTokens.filter((rank) => rank <= k).length,
    ),
    denominators: cases.map(({ topKRankOfExpectedTokens }) => topKRankOfExpectedTokens.length),
  };
}

function byName<T>(values: readonly T[]): Record<FigureName, T> {
  return Object.fromEntries(FIGURE_NAMES.map((name, index) => [name, values[index]])) as Record<FigureName, T>;
}

function byK<T>(values: readonly T[]): PerK<T> {
  return Object.fromEntries(REPORTED_K.map((k, index) => [String(k), values[index]])) as PerK<T>;
}

function finiteOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
