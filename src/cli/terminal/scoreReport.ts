import type { ScoredTextToken, ScoreResult } from '../../protocol/messages';
import { visibleText } from '../../text/visibleText';
import type { TableStyle } from './candidateTable';
import { clipEnd } from './clipText';
import { formatCount, formatDecimal, formatPercent } from '../../text/formatNumber';
import { plainTable, type Column } from './plainTable';
import { probabilityBar } from '../../text/probabilityBar';
import type { Colors } from './terminal';
import { escapeControls } from './terminalText';

/** Bits at which the bar is full: a token of probability 1 in 65,536. */
const fullBarBits = 16;
/** From here a token is called surprising: below 1 in 16, and below 1 in 256. */
const surprisingBits = 4;
const verySurprisingBits = 8;

/** Each token of a text in one row, how surprising it was and what the model had in mind, then the totals. */
export function scoreReport(text: string, score: ScoreResult, { colors, width }: TableStyle): string {
  const lineOf = lineNumbers(text, score.tokens);
  const lineDigits = Math.max(4, String(lineOf.at(-1) ?? 1).length);
  const tokenWidth = Math.max(8, Math.min(18, Math.floor(width / 5)));
  const barWidth = width < 60 ? 4 : 8;
  const columns: Column[] = [
    { width: lineDigits + 2, align: 'right' },
    { width: tokenWidth + 2, align: 'left' },
    { width: 6 + 2, align: 'right' },
    { width: barWidth + 2, align: 'left' },
    { width: 6 + 2, align: 'right' },
  ];
  const candidatesWidth = Math.max(8, width - columns.reduce((sum, column) => sum + column.width, 0));
  columns.push({ width: candidatesWidth + 2, align: 'left' });

  const header = ['line', 'token', 'bits', '', 'rank', clipEnd('most probable', candidatesWidth)].map((title) =>
    colors.dim(title),
  );
  const rows = score.tokens.map((token, index) => {
    const paint = surprisePaint(token.bits, colors);
    return [
      colors.dim(String(lineOf[index])),
      paint(clipEnd(visibleText(token.text), tokenWidth)),
      formatDecimal(token.bits, 2),
      paint(probabilityBar(token.bits / fullBarBits, barWidth)),
      String(token.rank),
      candidatesCell(token, candidatesWidth),
    ];
  });
  const totals = [
    escapeControls(score.model),
    formatCount(score.tokens.length, 'token'),
    `${formatDecimal(score.bitsPerCharacter, 3)} bits per character`,
    `perplexity ${formatDecimal(score.perplexity, 2)}`,
  ].join(' · ');
  return `${plainTable(columns, [header, ...rows], 0)}\n\n${totals}`;
}

function candidatesCell({ candidates }: ScoredTextToken, width: number): string {
  const cells = candidates.map(({ text, probability }) => `${visibleText(text)} ${formatPercent(probability)}`);
  return clipEnd(cells.join('  '), width);
}

function surprisePaint(bits: number, colors: Colors): (text: string) => string {
  if (bits >= verySurprisingBits) return colors.red;
  return bits >= surprisingBits ? colors.yellow : colors.green;
}

/** The line, from 1, in which each token starts. */
function lineNumbers(text: string, tokens: readonly ScoredTextToken[]): number[] {
  const breaks = [...text.matchAll(/\r\n|\r|\n/g)].map((match) => match.index + match[0].length);
  let line = 1;
  return tokens.map(({ start }) => {
    while ((breaks[line - 1] ?? Infinity) <= start) line++;
    return line;
  });
}
