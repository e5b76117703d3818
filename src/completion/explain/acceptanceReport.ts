import { type AcceptanceCounts, type LanguageFigures, totalOf } from './acceptanceCounts';

const columns = ['language', 'shown', 'whole', 'word', 'line', 'characters', 'retained', 'mean latency'];

/** The figures as a Markdown document that reads well as plain text, too; languages with most completions first. */
export function acceptanceReport(counts: AcceptanceCounts): string {
  const languages = Object.entries(counts).sort(([, a], [, b]) => b.shown - a.shown);
  if (languages.length === 0) {
    return `${heading}\n\nNothing was counted yet: the figures begin with the next completion.\n\n${promise}\n`;
  }
  const rows = languages.map(([languageId, figures]) => row(languageId, figures));
  if (languages.length > 1) rows.push(row('all', totalOf(counts)));
  return [heading, summary(totalOf(counts)), alignedTable([columns, ...rows]), legend, promise].join('\n\n') + '\n';
}

const heading = '# Top-K: Acceptance Figures';

const legend = [
  '- whole, word, line: completions that you accepted whole, and times that you accepted a word or a line of one',
  '- characters: what you accepted; retained: the share of it that was still in the text 30 s later',
  '- mean latency: from the request to the answer, for completions that came from the model',
].join('\n');

const promise =
  'These figures are on this machine only and are never sent. The bin in the title bar, or Top-K: Clear Acceptance Figures, deletes them.';

function summary({ shown, accepted }: LanguageFigures): string {
  const share = shown === 0 ? '' : ` (${Math.round((accepted.whole / shown) * 100)} %)`;
  const parts = accepted.word + accepted.line;
  return `Completions shown: ${shown}. Accepted whole: ${accepted.whole}${share}. A word or line of one: ${parts}.`;
}

function row(name: string, figures: LanguageFigures): string[] {
  const { shown, latencyMs, accepted, acceptedCharacters, retainedCharacters } = figures;
  // A retained count comes 30 s after its accepted one, so the share is never above one.
  const retained = acceptedCharacters === 0 ? '–' : `${Math.round((retainedCharacters / acceptedCharacters) * 100)} %`;
  const latency = shown === 0 ? '–' : `${Math.round(latencyMs / shown)} ms`;
  return [
    name.replaceAll('|', '\\|'),
    ...[shown, accepted.whole, accepted.word, accepted.line, acceptedCharacters].map(String),
    retained,
    latency,
  ];
}

/** The first column is a name, the others are figures. */
function alignedTable(rows: readonly (readonly string[])[]): string {
  const widths = columns.map((_, index) => Math.max(...rows.map((cells) => cells[index]!.length)));
  const lines = rows.map((cells) => {
    const padded = cells.map((cell, index) => (index === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[index]!)));
    return `| ${padded.join(' | ')} |`;
  });
  const rule = widths.map((width, index) => (index === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`));
  return [lines[0], `| ${rule.join(' | ')} |`, ...lines.slice(1)].join('\n');
}
