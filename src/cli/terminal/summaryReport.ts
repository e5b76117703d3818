import {
  languageColumns,
  languageRows,
  latencyLines,
  overallRows,
  reliabilityHeader,
  reliabilityRows,
} from '../../evaluation/report/figureRows';
import type { EvaluationSummary } from '../../evaluation/statistics/summary';
import { formatCount } from '../../text/formatNumber';
import { plainTable } from './plainTable';
import type { Colors } from './terminal';
import { escapeControls } from './terminalText';

const indent = 2;

/** The figures of an evaluation for a reader: overall, then for each language, then how far the confidence can be trusted. */
export function summaryReport(title: string, summary: EvaluationSummary, colors: Colors): string {
  const { language, n, exactMatch, exactMatchInterval, prefixShare, prefixShareInterval, top5 } = languageColumns;
  // Short titles: the table has to fit 80 columns.
  const [exact, prefix] = [
    { ...exactMatch, title: 'exact' },
    { ...prefixShare, title: 'prefix' },
  ];
  const columns = [language, n, exact, exactMatchInterval, prefix, prefixShareInterval, top5];
  const overall = [[formatCount(summary.n, 'case'), '', '95 %'], ...overallRows(summary)];
  const sections = [
    colors.bold(escapeControls(title)),
    table([50, 10, 14], overall),
    `${colors.bold('By language')}\n${table([14, 5, 9, 12, 10, 12, 9], languageRows(columns, summary))}`,
    `${colors.bold('Confidence against exact match')}\n${table([14, 9, 18, 14], [reliabilityHeader, ...reliabilityRows(summary)])}`,
    colors.dim(latencyLines(summary)),
  ];
  return sections.join('\n\n');
}

/** Names on the left, figures on the right. */
function table(widths: readonly number[], rows: readonly (readonly string[])[]): string {
  const columns = widths.map((width, index) => ({ width, align: index === 0 ? 'left' : 'right' }) as const);
  const escaped = rows.map((row) => row.map(escapeControls));
  return plainTable(columns, escaped, indent);
}
