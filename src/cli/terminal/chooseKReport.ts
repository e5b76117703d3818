import { type Column, plainTable } from './plainTable';
import type { Colors } from './terminal';
import { escapeControls } from './terminalText';
import type { ChooseKFigures } from '../../evaluation/statistics/chooseKFigures';
import { costHeader, costRows, curveHeader, curveRows } from '../../evaluation/report/chooseKTables';

/** Every k up to here has a row; above, every fifth. */
const everyRowUpTo = 10;

/** The figures of `topk choose-k` for a terminal. */
export function chooseKReport(title: string, figures: ChooseKFigures, colors: Colors): string {
  const { knee } = figures;
  const shown = figures.curve.filter(({ k }) => k <= everyRowUpTo || k % 5 === 0 || k === knee);
  return [
    colors.bold(escapeControls(title)),
    table([12, 12, 20, 20], [curveHeader, ...curveRows({ ...figures, curve: shown })]),
    table([12, 24, 16], [costHeader, ...costRows(figures)]),
    figures.recommendation,
  ].join('\n\n');
}

function table(widths: readonly number[], rows: readonly (readonly string[])[]): string {
  const columns = widths.map((width, index): Column => ({ width, align: index === 0 ? 'left' : 'right' }));
  return plainTable(columns, rows, 2);
}
