import { formatCount, formatDecimal, formatDuration, formatPercent } from '../../text/formatNumber';
import { type Column, plainTable } from './plainTable';
import type { Colors } from './terminal';
import { escapeControls } from './terminalText';
import type { Interval } from '../../evaluation/statistics/bootstrap';
import {
  type EvaluationSummary,
  type FigureName,
  type Figures,
  type Percentiles,
  REPORTED_K,
} from '../../evaluation/statistics/summary';

const indent = 2;

/** The figures of an evaluation for a reader: overall, then for each language, then how far the confidence can be trusted. */
export function summaryReport(title: string, summary: EvaluationSummary, colors: Colors): string {
  const sections = [
    colors.bold(escapeControls(title)),
    overallTable(summary),
    `${colors.bold('By language')}\n${languageTable(summary)}`,
    `${colors.bold('Confidence against exact match')}\n${reliabilityTable(summary)}`,
    colors.dim(latencyLines(summary)),
  ];
  return sections.join('\n\n');
}

/** Names, figures and 95 % intervals: what the terminal and the HTML report both show. */
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

export function formatInterval(
  interval: Interval | null,
  format: (value: number) => string = (value) => (value * 100).toFixed(1),
): string {
  return interval === null ? '' : `${format(interval[0])}–${format(interval[1])}`;
}

export function percentOrDash(share: number | null): string {
  return formatPercent(share ?? NaN);
}

/** `420 ms p50, 1.2 s p95`. */
export function formatPercentiles({ p50, p95 }: Percentiles): string {
  return `${formatDuration(p50)} p50, ${formatDuration(p95)} p95`;
}

/** One sentence on time, with what was measured how. */
export function latencyLines({ latencyMs, prefillMs, decodeMs, latencyWhileTypingMs }: Figures): string {
  const cold = `Cold answer: ${formatPercentiles(latencyMs)} (prefill ${formatDuration(prefillMs.p50)}, decode ${formatDuration(decodeMs.p50)} p50).`;
  if (latencyWhileTypingMs === null) return cold;
  return `${cold}\nWhile typing, with the cache of the keystroke before: ${formatPercentiles(latencyWhileTypingMs)}.`;
}

function overallTable(summary: EvaluationSummary): string {
  const columns: Column[] = [
    { width: 50, align: 'left' },
    { width: 10, align: 'right' },
    { width: 14, align: 'right' },
  ];
  const header = [formatCount(summary.n, 'case'), '', '95 %'];
  return plainTable(columns, [header, ...overallRows(summary)], indent);
}

function languageTable({ byLanguage }: EvaluationSummary): string {
  const columns: Column[] = [
    { width: 14, align: 'left' },
    ...[5, 9, 12, 10, 12, 9].map((width): Column => ({ width, align: 'right' })),
  ];
  const header = ['', 'n', 'exact', '95 %', 'prefix', '95 %', 'top 5'];
  const rows = Object.entries(byLanguage).map(([language, { n, confidenceIntervals: intervals, ...figures }]) => [
    escapeControls(language),
    String(n),
    percentOrDash(figures.exactMatch),
    formatInterval(intervals.exactMatch),
    percentOrDash(figures.prefixShare),
    formatInterval(intervals.prefixShare),
    percentOrDash(figures.topKHit['5']),
  ]);
  return plainTable(columns, [header, ...rows], indent);
}

function reliabilityTable({ reliability }: EvaluationSummary): string {
  const columns: Column[] = [
    { width: 14, align: 'left' },
    ...[9, 18, 14].map((width): Column => ({ width, align: 'right' })),
  ];
  const rows = reliability.map(({ lower, upper, count, meanConfidence, accuracy }) => [
    `${lower.toFixed(1)}–${upper.toFixed(1)}`,
    String(count),
    formatDecimal(meanConfidence, 3),
    formatPercent(accuracy),
  ]);
  return plainTable(columns, [['confidence', 'n', 'mean confidence', 'exact match'], ...rows], indent);
}
