import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { withMarkedSection } from '../../../src/evaluation/report/markedSection';
import { type CorpusFile, readCorpus } from './corpus';
import { type CorpusList, parseCorpusList } from './corpusList';
import { type MethodName, methodNames } from './methods';
import { reportStudy } from './report';
import { runMethods, type WrongCase } from './runMethods';

/**
 * Runs the study of the trim rules over the corpus. Over the test half it writes docs/evaluation.md, and over the tuning half
 * (`--half tuning`) it prints its table only; `--wrong FILE` writes every case that came out wrong, a line of JSON each.
 *
 * @param root folder of the repository.
 * @param format puts Markdown into the style of the repository.
 * @throws Error when a package cannot be fetched or is another one than its checksum says.
 */
export async function studyTrimRules(
  root: string,
  argumentsGiven: readonly string[],
  format: (markdown: string) => Promise<string>,
): Promise<void> {
  const { values } = parseArgs({
    args: [...argumentsGiven],
    options: {
      half: { type: 'string', default: 'test' },
      methods: { type: 'string', default: methodNames.join('') },
      wrong: { type: 'string' },
      cache: { type: 'string', default: 'bench/results/trim-corpus' },
      pin: { type: 'boolean', default: false },
    },
  });
  const listPath = path.join(root, 'test/evaluation/trim-study/corpus.json');
  const list = parseCorpusList(await readFile(listPath, 'utf8'));
  const all = await readPinned(list, listPath, path.resolve(root, values.cache), values.pin);
  const files = all.filter(({ half }) => half === values.half);
  if (files.length === 0) throw new Error(`There is no half "${values.half}"; use "test" or "tuning".`);
  const wanted = methodNames.filter((method) => values.methods.includes(method));
  const wrong: WrongCase[] = [];
  const counts = runMethods(files, list.seed, { wanted, onWrong: (each) => wrong.push(each) });
  const report = await format(reportStudy(files, counts, list.packages.length));
  process.stdout.write(report);
  if (values.wrong !== undefined) await writeFile(path.resolve(root, values.wrong), wrong.map(asLine).join(''));
  const isWhole = values.half === 'test' && wanted.length === methodNames.length;
  if (!isWhole) return;
  const page = path.join(root, 'docs', 'evaluation.md');
  await writeFile(page, await format(withMarkedSection(await readFile(page, 'utf8'), 'trim-study', report)));
}

async function readPinned(list: CorpusList, listPath: string, cache: string, pin: boolean): Promise<CorpusFile[]> {
  const unpinned = list.packages.filter(({ sha256 }) => sha256 === undefined);
  if (unpinned.length > 0 && !pin) {
    throw new Error(`${unpinned[0]!.name} has no sha256 in corpus.json; run once with --pin.`);
  }
  const checksums = new Map<object, string>();
  const files = await readCorpus(list, cache, (entry, sha256) => checksums.set(entry, sha256));
  if (checksums.size > 0) {
    const packages = list.packages.map((entry) => ({ ...entry, sha256: entry.sha256 ?? checksums.get(entry) }));
    await writeFile(listPath, `${JSON.stringify({ ...list, packages }, null, 2)}\n`);
  }
  return files;
}

/** What is needed to see why a case came out wrong: the places around its caret, not the whole file. */
function asLine({ method, file, studyCase, result }: WrongCase): string {
  const { prefix, suffix, text } = studyCase.input;
  const shown: Record<string, unknown> & { method: MethodName } = {
    method,
    languageId: file.languageId,
    file: file.name,
    before: prefix.slice(-200),
    after: suffix.slice(0, 200),
    raw: text,
    result,
  };
  return `${JSON.stringify(shown)}\n`;
}
