import { formatDecimal, formatDuration } from '../../text/formatNumber';
import { pairedDifference } from '../statistics/bootstrap';
import type { JudgedCase } from '../judge/caseResult';
import { precisionAtShare, precisionByShare } from '../statistics/precisionByShare';
import { type EvaluationSummary, type FigureName, ratiosOf, summarize } from '../statistics/summary';
import {
  formatInterval,
  type LanguageColumn,
  languageColumns,
  languageRows,
  overallRows,
  percentOrDash,
  reliabilityHeader,
  reliabilityRows,
} from '../report/figureRows';
import type { Ablation, Study } from './ablationStudy';

export interface StudyFacts {
  /** The command that makes this document. */
  readonly command: string;
  readonly suite: string;
  readonly model: string;
  /** Processor and threads: what the times depend on. */
  readonly machine: string;
  readonly minimumConfidence: number;
  /** Plots beside the document: what they show, and their paths relative to it. */
  readonly plots: readonly { readonly title: string; readonly path: string }[];
}

/** The document of a study, in Markdown. */
export function studyDocument(study: Study, facts: StudyFacts): string {
  const summary = summarize(study.product);
  const baseline = summarize(study.noContext);
  const { command, suite, model, machine, minimumConfidence, plots } = facts;
  return [
    '# Evaluation',
    `Made by \`${command}\`; do not edit. Everything here is measured on \`${suite}\` (${summary.n} cases, what they are cut from is in [test/evaluation](../test/evaluation/README.md)). Nothing is chosen by the test part of the suites. Model: ${model}. Times: ${machine}.`,
    'Figures are with 95 % bootstrap intervals over the cases. **No context** is the same model with 400 tokens of prefix and token healing only: no path, no other files, no trim rules.',
    '## Targets',
    targetTable(study.product, summary, baseline),
    '## Everything on, against no context',
    comparisonTable(summary, baseline, study),
    '## By language',
    languageTable(summary, baseline),
    '## Each part of the prompt and of decoding',
    `Left out one at a time, over ${study.prompt[0]?.on.length ?? 0} cases spread evenly over the languages. A difference is the figure with the part less the figure without it, in percentage points, with the 95 % interval of a paired bootstrap: one that holds 0 is not told from chance. \`snippets\` leaves out all other texts, \`openFileSnippets\` those of other files, \`ownFileSnippets\` far parts of the same file; \`promptLookup\` changes the time and not the answer; \`workspaceMemory\` knows the open files and the file itself here, and in an editor more. Median prompt is what a cold answer has to prefill.`,
    ablationTable(study.prompt, ['exactMatch', 'prefixShare', 'bitsPerCharacter', 'shownPrecision'], true),
    '## Each trim rule',
    `Left out one at a time, over all cases. Rules for several lines have nothing to do here, where every answer ends with its line.`,
    ablationTable(study.rules, ['exactMatch', 'prefixShare', 'duplicateRate', 'unbalancedRate'], false),
    '## Confidence',
    `The confidence of a completion is meant to be the probability that the line is right. Threshold in use: ${minimumConfidence}.`,
    table(reliabilityHeader, reliabilityRows(summary)),
    ...plots.map(({ title, path }) => `![${title}](${path})`),
  ].join('\n\n');
}

/** Shares shown at which the precision is asked for. */
const targetShare = 0.4;

function targetTable(cases: readonly JudgedCase[], summary: EvaluationSummary, baseline: EvaluationSummary): string {
  const ratio = (one: number | null, other: number | null): number => (one ?? NaN) / (other ?? NaN);
  const precision = precisionAtShare(precisionByShare(cases), targetShare)?.precision ?? null;
  const typing = ratio(summary.latencyWhileTypingMs?.p50 ?? null, baseline.latencyWhileTypingMs?.p50 ?? null);
  const rows: [string, string, string, boolean][] = [
    row(
      'exact match, times that of no context',
      '≥ 1.9',
      ratio(summary.exactMatch, baseline.exactMatch),
      2,
      (value) => value >= 1.9,
    ),
    row('duplicated suffix, %', '≤ 1', (summary.duplicateRate ?? NaN) * 100, 2, (value) => value <= 1),
    row('expected calibration error', '≤ 0.05', summary.ece ?? NaN, 3, (value) => value <= 0.05),
    row(
      'precision at 40 % shown, times exact match',
      '≥ 2',
      ratio(precision, summary.exactMatch),
      2,
      (value) => value >= 2,
    ),
    row('p50 latency while typing, times that of no context', '≤ 1.3', typing, 2, (value) => value <= 1.3),
  ];
  return table(
    ['target', 'wanted', 'measured', 'met'],
    rows.map(([name, wanted, measured, isMet]) => [name, wanted, measured, isMet ? 'yes' : 'no']),
  );
}

function row(
  name: string,
  wanted: string,
  value: number,
  decimals: number,
  isMet: (value: number) => boolean,
): [string, string, string, boolean] {
  return [name, wanted, formatDecimal(value, decimals), isMet(value)];
}

function comparisonTable(summary: EvaluationSummary, baseline: EvaluationSummary, study: Study): string {
  const without = overallRows(baseline);
  const rows = overallRows(summary).map(([name, value, interval], index) => [
    name!,
    withInterval(value!, interval!),
    withInterval(without[index]![1]!, without[index]![2]!),
  ]);
  const times = [
    ['cold answer, p50', summary.latencyMs.p50, baseline.latencyMs.p50],
    ['cold answer, p95', summary.latencyMs.p95, baseline.latencyMs.p95],
    ['of it prefill, p50', summary.prefillMs.p50, baseline.prefillMs.p50],
    ['of it decode, p50', summary.decodeMs.p50, baseline.decodeMs.p50],
    ['answer while typing, p50', summary.latencyWhileTypingMs?.p50, baseline.latencyWhileTypingMs?.p50],
    ['answer while typing, p95', summary.latencyWhileTypingMs?.p95, baseline.latencyWhileTypingMs?.p95],
  ] as const;
  const exact = difference({ on: study.product, off: study.noContext }, 'exactMatch');
  return [
    table(
      ['figure', 'everything on', 'no context'],
      [...rows, ...times.map(([name, on, off]) => [name, formatDuration(on ?? NaN), formatDuration(off ?? NaN)])],
    ),
    `Exact match differs by ${exact} points (paired bootstrap).`,
  ].join('\n\n');
}

function languageTable(summary: EvaluationSummary, baseline: EvaluationSummary): string {
  const { language, n, exactMatch, prefixShare, top5 } = languageColumns;
  const withOwnInterval = (title: string, key: FigureName): LanguageColumn => ({
    title,
    cell: (figures) => withInterval(percentOrDash(figures[key]), formatInterval(figures.confidenceIntervals[key])),
  });
  const ofBaseline = ({ cell }: LanguageColumn): LanguageColumn => ({
    title: 'no context',
    cell: (_, name) => cell(baseline.byLanguage[name]!, name),
  });
  const columns = [
    language,
    n,
    withOwnInterval(exactMatch.title, 'exactMatch'),
    ofBaseline(exactMatch),
    withOwnInterval(prefixShare.title, 'prefixShare'),
    ofBaseline(prefixShare),
    top5,
    withOwnInterval('precision among shown', 'shownPrecision'),
  ];
  const [header = [], ...rows] = languageRows(columns, summary);
  return table(header, rows);
}

const figureNames: Readonly<Partial<Record<FigureName, string>>> = {
  exactMatch: 'exact match',
  prefixShare: 'prefix share',
  bitsPerCharacter: 'bits per character',
  shownPrecision: 'precision among shown',
  duplicateRate: 'duplicated suffix',
  unbalancedRate: 'unbalanced brackets',
};

function ablationTable(ablations: readonly Ablation[], figures: readonly FigureName[], hasCost: boolean): string {
  const header = ['left out', 'exact match without it', ...figures.map((name) => figureNames[name]!)];
  const rows = ablations.map((ablation) => {
    const off = summarize(ablation.off, { samples: 1 });
    return [
      `\`${ablation.name}\``,
      percentOrDash(off.exactMatch),
      ...figures.map((name) => difference(ablation, name)),
      ...(hasCost ? [medianTokens(ablation.off), formatDuration(off.decodeMs.p50)] : []),
    ];
  });
  return table([...header, ...(hasCost ? ['median prompt', 'decode, p50'] : [])], rows);
}

/** `+3.2 (1.1–5.4)`: percentage points, bits for bits. */
function difference({ on, off }: Pick<Ablation, 'on' | 'off'>, name: FigureName): string {
  const scale = name === 'bitsPerCharacter' ? 1 : 100;
  const decimals = name === 'bitsPerCharacter' ? 3 : 1;
  const found = pairedDifference(ratiosOf(on)[name], ratiosOf(off)[name]);
  if (!Number.isFinite(found.difference)) return '–';
  const signed = (value: number): string => `${value > 0 ? '+' : ''}${(value * scale).toFixed(decimals)}`;
  const { interval } = found;
  return `${signed(found.difference)}${interval ? ` (${signed(interval[0])} to ${signed(interval[1])})` : ''}`;
}

function medianTokens(cases: readonly JudgedCase[]): string {
  const sorted = cases.map(({ promptTokens }) => promptTokens).sort((one, other) => one - other);
  return `${sorted[sorted.length >> 1]} tokens`;
}

function withInterval(value: string, interval: string): string {
  return interval === '' ? value : `${value} (${interval})`;
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const rule = header.map((_, index) => (index === 0 ? '---' : '---:'));
  return [line(header), line(rule), ...rows.map(line)].join('\n');
}
