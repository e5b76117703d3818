import stringWidth from 'string-width';

export interface Column {
  /** Columns of the terminal, the gap to the next one included. */
  readonly width: number;
  readonly align: 'left' | 'right';
}

/** Columns between two cells, part of the width of the left one. */
const gap = 2;

/**
 * Rows in columns of fixed widths, without rules: a report holds dozens of small tables that have to line up, and up to
 * a whole vocabulary in one (cli-table3 took minutes for that). Cells are cut to their width by whoever fills them.
 */
export function plainTable(columns: readonly Column[], rows: readonly (readonly string[])[], indent: number): string {
  return rows
    .map((row) => {
      const cells = row.map((cell, index) => padCell(cell, columns[index] ?? { width: 0, align: 'left' }));
      return (' '.repeat(indent) + cells.join('')).trimEnd();
    })
    .join('\n');
}

function padCell(cell: string, { width, align }: Column): string {
  const padding = ' '.repeat(Math.max(0, width - gap - stringWidth(cell)));
  return (align === 'right' ? padding + cell : cell + padding) + ' '.repeat(gap);
}
