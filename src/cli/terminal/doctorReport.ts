import type { ProviderProbe } from '../../protocol/messages';
import { formatDuration } from '../../text/formatNumber';
import { plainTable, type Column } from './plainTable';
import type { Colors } from './terminal';
import { escapeControls } from './terminalText';

const indent = 2;

/** One finding of the doctor. */
export function checkLine(name: string, isFine: boolean, detail: string, colors: Colors): string {
  const mark = isFine ? colors.green('✓') : colors.red('✗');
  return `${mark} ${name.padEnd(10)} ${escapeControls(detail)}`;
}

/** What became of each execution provider: contained in the installed binary, usable here, how fast; then why not. */
export function providerTable(probes: readonly ProviderProbe[]): string {
  const columns: Column[] = [
    { width: 12, align: 'left' },
    { width: 13, align: 'left' },
    { width: 8, align: 'left' },
    { width: 9, align: 'right' },
  ];
  const rows = probes.map(({ executionProvider, compiledIn, usable, decodeMs }) => [
    executionProvider,
    compiledIn ? 'yes' : 'no',
    usable ? 'yes' : 'no',
    decodeMs === undefined ? '–' : formatDuration(decodeMs),
  ]);
  const reasons = probes
    .filter(({ usable }) => !usable)
    .map(({ executionProvider, reason }) => `${' '.repeat(indent)}${executionProvider}: ${escapeControls(reason)}`);
  return [plainTable(columns, [['provider', 'compiled in', 'usable', 'a token'], ...rows], indent), ...reasons].join(
    '\n',
  );
}
