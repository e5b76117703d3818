import { formatDecimal, formatDuration, formatPercent } from '../../text/formatNumber';
import type { Interval } from '../statistics/bootstrap';
import {
  type EvaluationSummary,
  type FigureName,
  type Figures,
  type Percentiles,
  REPORTED_K,
} from '../statistics/summary';

export const reliabilityHeader = ['confidence', 'cases', 'mean confidence', 'exact match'];

/** Names, figures and 95 % intervals of all cases. */
export function overallRows(figures: Figures): string[][] {
  const { confidenceIntervals: intervals, topKHit } = figures;
  const share = (name: string, key: FigureName): string[] => [
    name,
    percentOrDash(figures[key]),
    formatInterval(intervals[key]),
  ];
  return [
    share('exact match of the rest of the line', 'exactMatch'),
    share('expected characters right before the first miss', 'prefixShare'),
    share('edit similarity', 'editSimilarity'),
    ...REPORTED_K.map((k) => [
      `expected token among the ${k === 1 ? 'first' : `first ${k}`}`,
      percentOrDash(topKHit[k]),
      formatInterval(intervals.topKHit[k]),
    ]),
    [
      'bits per character',
      formatDecimal(figures.bitsPerCharacter ?? NaN, 3),
      formatInterval(intervals.bitsPerCharacter, (value) => value.toFixed(3)),
    ],
    share('share shown', 'shownShare'),
    share('precision among shown', 'shownPrecision'),
    share('duplicated suffix', 'duplicateRate'),
    share('unbalanced brackets', 'unbalancedRate'),
    ['expected calibration error', formatDecimal(figures.ece ?? NaN, 3), ''],
  ];
}

/** A column of a table over the languages. */
export interface LanguageColumn {
  readonly title: string;
  /** @param language as the suite names it; text of a file, not escaped. */
  cell(figures: Figures, language: string): string;
}

const percentColumn = (title: string, key: FigureName): LanguageColumn => ({
  title,
  cell: (figures) => percentOrDash(figures[key]),
});
const intervalColumn = (key: FigureName): LanguageColumn => ({
  title: '95 %',
  cell: ({ confidenceIntervals }) => formatInterval(confidenceIntervals[key]),
});
const hitColumn = (k: (typeof REPORTED_K)[number]): LanguageColumn => ({
  title: `top ${k}`,
  cell: ({ topKHit }) => percentOrDash(topKHit[k]),
});

/** The columns that a table over the languages may have. */
export const languageColumns = {
  language: { title: 'language', cell: (_, language) => language },
  n: { title: 'n', cell: ({ n }) => String(n) },
  exactMatch: percentColumn('exact match', 'exactMatch'),
  exactMatchInterval: intervalColumn('exactMatch'),
  prefixShare: percentColumn('prefix share', 'prefixShare'),
  prefixShareInterval: intervalColumn('prefixShare'),
  top1: hitColumn(1),
  top5: hitColumn(5),
  bitsPerCharacter: {
    title: 'bits/character',
    cell: ({ bitsPerCharacter }) => formatDecimal(bitsPerCharacter ?? NaN, 3),
  },
  shownShare: percentColumn('shown', 'shownShare'),
  shownPrecision: percentColumn('precision', 'shownPrecision'),
} as const satisfies Record<string, LanguageColumn>;

/** A header and a row for each language. */
export function languageRows(columns: readonly LanguageColumn[], { byLanguage }: EvaluationSummary): string[][] {
  return [
    columns.map(({ title }) => title),
    ...Object.entries(byLanguage).map(([language, figures]) => columns.map(({ cell }) => cell(figures, language))),
  ];
}

/** A row for each tenth of the confidence that has cases, under `reliabilityHeader`. */
export function reliabilityRows({ reliability }: Figures): string[][] {
  return reliability.map(({ lower, upper, count, meanConfidence, accuracy }) => [
    `${lower.toFixed(1)}–${upper.toFixed(1)}`,
    String(count),
    formatDecimal(meanConfidence, 3),
    formatPercent(accuracy),
  ]);
}

/** `31.0–36.2`, in percent; empty where there is no interval. */
export function formatInterval(
  interval: Interval | null,
  format: (value: number) => string = (value) => (value * 100).toFixed(1),
): string {
  return interval === null ? '' : `${format(interval[0])}–${format(interval[1])}`;
}

export function percentOrDash(share: number | null): string {
  return formatPercent(share ?? NaN);
}

/** One sentence on time, with what was measured how. */
export function latencyLines({ latencyMs, prefillMs, decodeMs, latencyWhileTypingMs }: Figures): string {
  const cold = `Cold answer: ${formatPercentiles(latencyMs)} (prefill ${formatDuration(prefillMs.p50)}, decode ${formatDuration(decodeMs.p50)} p50).`;
  if (latencyWhileTypingMs === null) return cold;
  return `${cold}\nWhile typing, with the cache of the keystroke before: ${formatPercentiles(latencyWhileTypingMs)}.`;
}

/** `420 ms p50, 1.2 s p95`. */
function formatPercentiles({ p50, p95 }: Percentiles): string {
  return `${formatDuration(p50)} p50, ${formatDuration(p95)} p95`;
}
