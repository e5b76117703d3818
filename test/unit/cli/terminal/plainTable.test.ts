import { describe, expect, it } from 'vitest';
import { plainTable, type Column } from '../../../../src/cli/terminal/plainTable';

const columns: Column[] = [
  { width: 7, align: 'right' },
  { width: 10, align: 'left' },
];

describe('plainTable', () => {
  it('aligns, indents and ends lines without blanks', () => {
    expect(
      plainTable(
        columns,
        [
          ['1', 'one'],
          ['20', ''],
        ],
        1,
      ),
    ).toBe('     1  one\n    20');
  });

  it('counts wide characters as two columns and colours as none', () => {
    const rows = [
      ['\u001b[31m語\u001b[39m', 'a'],
      ['12345', 'b'],
    ];
    expect(plainTable(columns, rows, 0)).toBe('   \u001b[31m語\u001b[39m  a\n12345  b');
  });

  it('prints a whole vocabulary, every row once and in order', () => {
    const rows = Array.from({ length: 49_152 }, (_, row) => [String(row), 'x']);
    const lines = plainTable(columns, rows, 0).split('\n');
    expect(lines).toHaveLength(rows.length);
    expect(lines.every((line, row) => line.trim() === `${row}  x`)).toBe(true);
  });
});
