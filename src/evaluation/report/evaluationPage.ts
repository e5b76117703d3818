import { formatDecimal } from '../../text/formatNumber';
import type { JudgedCase } from '../judge/caseResult';
import { hitRateOverK, precisionAgainstShare, reliabilityDiagram } from './evaluationPlots';
import { figure, htmlPage, htmlTable, paragraph } from './htmlPage';
import { renderPlot } from './plotSvg';
import type { EvaluationSummary } from '../statistics/summary';
import {
  languageColumns,
  languageRows,
  latencyLines,
  overallRows,
  reliabilityHeader,
  reliabilityRows,
} from './figureRows';

export interface EvaluationToShow {
  readonly title: string;
  readonly summary: EvaluationSummary;
  readonly cases: readonly JudgedCase[];
  readonly minimumConfidence: number;
}

/** The report of an evaluation: three plots, and the tables behind them. */
export async function evaluationPage(evaluation: EvaluationToShow): Promise<string> {
  const { title, summary, cases, minimumConfidence } = evaluation;
  const plots = [
    figure(
      await renderPlot(reliabilityDiagram(summary)),
      `Reliability: a point for each tenth of the confidence, as large as it has cases. Expected calibration error ${formatDecimal(summary.ece ?? NaN, 3)}.`,
    ),
    figure(
      await renderPlot(precisionAgainstShare(cases, summary)),
      `Precision against share shown, for every threshold from which ten cases are shown. The point is the threshold in use, ${minimumConfidence}; the dashed line is the exact match of all cases.`,
    ),
    figure(
      await renderPlot(hitRateOverK(summary)),
      'Top-k hit rate, teacher-forced on the expected tokens, with 95 % bootstrap intervals over the cases.',
    ),
  ];
  return htmlPage(title, [
    { title: 'Plots', content: `<div class="plots">\n${plots.join('\n')}\n</div>` },
    { title: 'All cases', content: htmlTable(['figure', 'value', '95 % interval'], overallRows(summary)) },
    { title: 'By language', content: languageTable(summary) },
    { title: 'Confidence against exact match', content: htmlTable(reliabilityHeader, reliabilityRows(summary)) },
    { title: 'Latency', content: paragraph(latencyLines(summary)) },
  ]);
}

function languageTable(summary: EvaluationSummary): string {
  const [header = [], ...rows] = languageRows(Object.values(languageColumns), summary);
  return htmlTable(header, rows);
}
