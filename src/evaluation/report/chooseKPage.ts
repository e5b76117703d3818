import type { ChooseKFigures } from '../statistics/chooseKFigures';
import { costHeader, costRows, curveHeader, curveRows } from './chooseKTables';
import type { HitPoint } from '../statistics/hitCurve';
import { figure, htmlPage, htmlTable, paragraph } from './htmlPage';
import { type Plot, plotColors, type PlotLayer, renderPlot } from './plotSvg';

const { main, second, third, quiet } = plotColors;

const curves: Readonly<Record<Exclude<keyof HitPoint, 'k'>, { name: string; color: string }>> = {
  hitRate: { name: 'token among the first k', color: main },
  linesByEachToken: { name: 'line, choosing each token', color: second },
  linesByFirstToken: { name: 'line, choosing the first token', color: third },
};

/** The report of `topk choose-k`. */
export async function chooseKPage(title: string, figures: ChooseKFigures): Promise<string> {
  const plots = [
    figure(
      await renderPlot(hitPlot(figures)),
      `Over ${figures.n} lines, teacher-forced: a token counts where it is among the first k, a line where it can be reached by choosing among k at each of its tokens, or at its first token only. The dashed line is the knee of the hit rate (Kneedle).`,
    ),
    figure(
      await renderPlot(costPlot(figures)),
      'Reducing the logits of one position to k candidates, the median of 40 runs.',
    ),
  ];
  return htmlPage(title, [
    { title: 'Which k?', content: paragraph(figures.recommendation) },
    { title: 'Plots', content: `<div class="plots">\n${plots.join('\n')}\n</div>` },
    { title: 'What k reaches', content: htmlTable(curveHeader, curveRows(figures)) },
    { title: 'What k costs', content: htmlTable(costHeader, costRows(figures)) },
  ]);
}

function hitPlot({ curve, knee }: ChooseKFigures): Plot {
  const names = Object.values(curves).map(({ name }) => name);
  const colors = Object.values(curves).map(({ color }) => color);
  const values = Object.entries(curves).flatMap(([key, { name }]) =>
    curve.map((point) => ({ k: point.k, share: point[key as keyof typeof curves], name })),
  );
  const x = { field: 'k', type: 'quantitative', title: 'k', axis: { grid: false } } as const;
  const layers: PlotLayer[] = [
    {
      data: { values },
      mark: { type: 'line' },
      encoding: {
        x,
        y: { field: 'share', type: 'quantitative', title: null, axis: { format: '%' }, scale: { domain: [0, 1] } },
        color: {
          field: 'name',
          type: 'nominal',
          scale: { domain: names, range: colors },
          legend: { direction: 'vertical', labelLimit: 400, symbolType: 'stroke' },
        },
      },
    },
  ];
  if (knee !== null) {
    const data = { values: [{ k: knee, share: 0.04, label: `knee: k = ${knee}` }] };
    layers.push(
      { data, mark: { type: 'rule', color: quiet, strokeDash: [4, 4] }, encoding: { x } },
      {
        data,
        mark: { type: 'text', align: 'left', dx: 6 },
        encoding: { x, y: { field: 'share', type: 'quantitative' }, text: { field: 'label' } },
      },
    );
  }
  return { description: 'Hit rate and reachable lines over k', layers };
}

function costPlot({ cost }: ChooseKFigures): Plot {
  const encoding = {
    x: { field: 'k', type: 'quantitative', title: 'k', axis: { grid: false } },
    y: { field: 'candidateMs', type: 'quantitative', title: 'ms for the candidates of a token' },
  } as const;
  const mark = { type: 'line', color: main, point: { color: main } } as const;
  return { description: 'Time for the candidates over k', layers: [{ data: { values: [...cost] }, mark, encoding }] };
}
