import { visibleText } from './visibleText';

/**
 * Model or user text as a Markdown code span: nothing in it is read as Markdown or HTML, because the fence is longer than
 * any run of backticks in it (CommonMark 6.1).
 */
export function codeSpan(text: string): string {
  const visible = visibleText(text);
  const longestRun = Math.max(0, ...Array.from(visible.matchAll(/`+/g), ([run]) => run.length));
  const fence = '`'.repeat(longestRun + 1);
  const padding = visible.startsWith('`') || visible.endsWith('`') || visible === '' ? ' ' : '';
  return `${fence}${padding}${visible}${padding}${fence}`;
}

/** On which side the cells of a column stand. */
export type Alignment = 'left' | 'right';

/** A table of cells that are Markdown already, but for their pipes. */
export function table(header: readonly string[], alignment: readonly Alignment[], rows: readonly string[][]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(escapePipes).join(' | ')} |`;
  const rule = line(alignment.map((side) => (side === 'left' ? ':--' : '--:')));
  return [line(header), rule, ...rows.map(line)].join('\n');
}

/**
 * A pipe ends a cell, in a code span too, unless a backslash is before it (GFM tables). A backslash of the text would take
 * that one's place: a word joiner, which nobody sees, keeps the two apart.
 */
function escapePipes(cell: string): string {
  return cell.replace(/(\\?)\|/g, (_, backslash: string) => (backslash === '' ? '\\|' : '\\\u2060\\|'));
}

/** A probability in percent; near both ends with a decimal, so that almost is not taken for all or nothing. */
export function percent(probability: number): string {
  if (probability === 0 || probability === 1) return `${probability * 100}%`;
  if (probability < 0.001) return '<0.1%';
  if (probability > 0.999) return '>99.9%';
  return `${(probability * 100).toFixed(probability < 0.1 || probability >= 0.99 ? 1 : 0)}%`;
}
