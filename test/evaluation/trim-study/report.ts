import type { CorpusFile } from './corpus';
import { type MethodName, methodNames } from './methods';
import type { Count, StudyCounts } from './runMethods';

const columns: Record<MethodName, string> = {
  A: 'A: true rests cut',
  B: 'B: closers doubled',
  C: 'C: blocks shortened',
  D: 'D: closing lines doubled',
  E: 'E: last lines changed',
};

/** What the study is held to: shares of wrong cases, in percent, over all and in the worst language. */
const targets: readonly { readonly method: MethodName; readonly overAll: number; readonly inWorst?: number }[] = [
  { method: 'A', overAll: 0.3, inWorst: 1 },
  { method: 'B', overAll: 0.3, inWorst: 1 },
  { method: 'D', overAll: 10 },
];

/** The section of docs/evaluation.md, in Markdown: what was asked, the targets, and the counts of every language. */
export function reportStudy(files: readonly CorpusFile[], counts: StudyCounts, packages: number): string {
  const languages = [...counts.keys()].sort();
  const total = (method: MethodName): Count => sum([...counts.values()].map((each) => each[method]));
  const rows = languages.map((id) => row(`\`${id}\``, (method) => counts.get(id)![method]));
  return `## Trim rules on true text

Made by \`npm run trim-study\`; do not edit. What a model writes is often right where a trim rule sees a fault. So the rules are
given raw completions that are the true text of ${files.length} files in ${languages.length} languages (from ${packages} packages,
\`test/evaluation/trim-study/corpus.json\`): a rule that changes the document is wrong there. Rules are chosen on as many other
files of the same packages; these files are for the figures only. No model is run.

- **A**: a caret at a random place of a line. The raw completion is the true rest of the line, and must stay whole.
- **B**: a caret inside brackets or quotes that the editor closed as they were typed: their closers stand behind the caret. The
  raw completion is the true rest of the line. The line must come out as it was, with nothing doubled.
- **C**: a caret behind a line that opens a block. The raw completion is the block and what follows it. The block must stay whole.
- **D**: a fresh line before a closing line. The raw completion is that closing line, and nothing of it may stay.
- **E**: a block without its last line. The raw completion is that line and what follows it. The document must come out as it was.

| target | wanted | measured | met |
| --- | --: | --: | --: |
${targets
  .filter(({ method }) => total(method).cases > 0)
  .flatMap(({ method, overAll, inWorst }) => [
    targetRow(`${columns[method]}, over all`, overAll, share(total(method))),
    ...(inWorst === undefined ? [] : [worstRow(method, inWorst, counts)]),
  ])
  .join('\n')}

| language | ${methodNames.map((method) => columns[method]).join(' | ')} |
| --- | ${methodNames.map(() => '--:').join(' | ')} |
${[...rows, row('all', total)].join('\n')}
`;
}

function row(name: string, of: (method: MethodName) => Count): string {
  return `| ${name} | ${methodNames.map((method) => cell(of(method))).join(' | ')} |`;
}

function cell(count: Count): string {
  return count.cases === 0 ? '–' : `${count.wrong} of ${count.cases} (${share(count).toFixed(2)} %)`;
}

function worstRow(method: MethodName, wanted: number, counts: StudyCounts): string {
  const shares = [...counts].map(([id, each]) => ({ id, measured: share(each[method]) }));
  const worst = shares.reduce((a, b) => (b.measured > a.measured ? b : a));
  return targetRow(`${columns[method]}, worst language (${worst.id})`, wanted, worst.measured);
}

function targetRow(name: string, wanted: number, measured: number): string {
  return `| ${name} | ≤ ${wanted} % | ${measured.toFixed(2)} % | ${measured <= wanted ? 'yes' : 'no'} |`;
}

function share({ cases, wrong }: Count): number {
  return cases === 0 ? 0 : (100 * wrong) / cases;
}

function sum(counts: readonly Count[]): Count {
  return {
    cases: counts.reduce((all, { cases }) => all + cases, 0),
    wrong: counts.reduce((all, { wrong }) => all + wrong, 0),
  };
}
