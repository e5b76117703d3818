import type { Candidate, ScoredToken } from '../../protocol/completionPath';
import { visibleText } from '../../text/visibleText';
import { clipEnd } from './clipText';
import { formatDecimal, formatPercent } from '../../text/formatNumber';
import { plainTable, type Column } from './plainTable';
import { probabilityBar } from '../../text/probabilityBar';
import type { Colors } from './terminal';

export interface TableStyle {
  readonly colors: Colors;
  /** Terminal columns that a line may fill. */
  readonly width: number;
}

const indent = 2;
const gap = 2;

/** The k candidates of one position: rank, text, probability with a bar, logit; an arrow at the one that was taken. */
export function candidateTable(token: ScoredToken, { colors, width }: TableStyle): string {
  const rows: { rank: number; candidate: Candidate }[] = token.candidates.map((candidate, index) => ({
    rank: index + 1,
    candidate,
  }));
  if (!token.candidates.some(({ id }) => id === token.id)) {
    // Forks and scored texts take tokens that the k best do not hold; the row belongs to the picture all the same.
    rows.push({ rank: token.rank, candidate: { ...token, text: token.typedText + token.text } });
  }
  const rankDigits = Math.max(...rows.map(({ rank }) => String(rank).length), 4);
  const figureColumn: Column = { width: 7 + gap, align: 'right' };
  const rankColumn: Column = { width: 2 + rankDigits + gap, align: 'right' };
  const room = width - indent - rankColumn.width - 2 * figureColumn.width - gap;
  // Bars are the first thing that a very narrow terminal can do without.
  const hasBars = room >= 9 + gap + 4;
  const candidateWidth = hasBars ? Math.max(9, Math.min(26, Math.floor(room / 2))) : Math.max(6, room);
  const barWidth = Math.min(30, room - gap - candidateWidth);
  const columns: Column[] = [
    rankColumn,
    { width: candidateWidth + gap, align: 'left' },
    figureColumn,
    ...(hasBars ? [{ width: barWidth + gap, align: 'left' } as const] : []),
    figureColumn,
  ];
  const header = ['rank', clipEnd('candidate', candidateWidth), 'prob.', ...(hasBars ? [''] : []), 'logit'].map(
    (title) => colors.dim(title),
  );
  const body = rows.map(({ rank, candidate }) => {
    const isTaken = candidate.id === token.id;
    const paint = isTaken ? (text: string) => colors.bold(colors.green(text)) : (text: string) => text;
    return [
      (isTaken ? '→ ' : '  ') + String(rank).padStart(rankDigits),
      paint(clipEnd(visibleText(candidate.text), candidateWidth)),
      formatPercent(candidate.probability),
      ...(hasBars ? [(isTaken ? colors.green : colors.cyan)(probabilityBar(candidate.probability, barWidth))] : []),
      formatDecimal(candidate.logit, 2),
    ];
  });
  return plainTable(columns, [header, ...body], indent);
}
