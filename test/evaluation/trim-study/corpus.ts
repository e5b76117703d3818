import { createHash } from 'node:crypto';
import { lstat, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { shuffle } from './shuffle';
import { seededRandom } from '../../../src/evaluation/statistics/random';
import { fetchPackage } from '../generate/fetchPackage';
import { isWrittenByHand } from '../generate/textQuality';
import type { CorpusList, CorpusPackage } from './corpusList';

/** Rules are chosen on the one half of the files, figures are published from the other. */
export type Half = 'tuning' | 'test';

export interface CorpusFile {
  readonly languageId: string;
  /** Package and path in it. */
  readonly name: string;
  readonly half: Half;
  /** With LF line breaks, without white space at the ends of lines. */
  readonly text: string;
}

const minimumLines = 15;
const maximumBytes = 150_000;

/**
 * The files of the corpus. They are fetched into `cache` once; later runs over the same list read what the first one chose.
 *
 * @param pinned called with the checksum of every archive that the list has none for.
 * @throws Error when a package cannot be fetched, or has no file of a language that the list takes from it.
 */
export async function readCorpus(
  list: CorpusList,
  cache: string,
  pinned: (entry: CorpusPackage, sha256: string) => void,
): Promise<CorpusFile[]> {
  await mkdir(cache, { recursive: true });
  const digest = createHash('sha256').update(JSON.stringify(list)).digest('hex').slice(0, 16);
  const remembered = path.join(cache, `corpus-${digest}.json`);
  const known = await readFileIfThere(remembered);
  if (known !== undefined) return JSON.parse(known) as CorpusFile[];
  const byLanguage = new Map<string, CorpusFile[]>();
  const seen = new Set<string>();
  for (const entry of list.packages) {
    const { root, sha256 } = await fetchPackage(entry, cache);
    if (entry.sha256 === undefined) pinned(entry, sha256);
    for (const file of await filesOf(entry, root, list.seed)) {
      const content = createHash('sha256').update(file.text.replace(/\s+/g, ' ')).digest('hex');
      if (seen.has(content)) continue;
      seen.add(content);
      byLanguage.set(file.languageId, [...(byLanguage.get(file.languageId) ?? []), file]);
    }
  }
  const files = [...byLanguage].sort().flatMap(([, all]) => chooseHalves(all, list));
  if (list.packages.every(({ sha256 }) => sha256 !== undefined)) await writeFile(remembered, JSON.stringify(files));
  return files;
}

/** Files from the packages in turn, so that a large package does not fill a language; the halves alternate. */
function chooseHalves(files: readonly CorpusFile[], { filesPerLanguage, seed }: CorpusList): CorpusFile[] {
  const queues = new Map<string, CorpusFile[]>();
  for (const file of shuffle(files, seededRandom(seed))) {
    const owner = file.name.slice(0, file.name.indexOf(':'));
    queues.set(owner, [...(queues.get(owner) ?? []), file]);
  }
  const chosen: CorpusFile[] = [];
  for (let turn = 0; chosen.length < Math.min(filesPerLanguage, files.length); turn++) {
    for (const queue of queues.values()) if (queue[turn] !== undefined) chosen.push(queue[turn]!);
  }
  return chosen
    .slice(0, filesPerLanguage)
    .map((file, index) => ({ ...file, half: index % 2 === 0 ? 'tuning' : 'test' }));
}

async function filesOf(entry: CorpusPackage, root: string, seed: number): Promise<CorpusFile[]> {
  const takes = Object.entries(entry.take).map(([languageId, pattern]) => ({
    languageId,
    pattern: new RegExp(pattern),
  }));
  const paths = (await readdir(root, { recursive: true })).map((name) => name.split(path.sep).join('/')).sort();
  const found = new Map<string, CorpusFile[]>(takes.map(({ languageId }) => [languageId, []]));
  for (const name of shuffle(paths, seededRandom(seed))) {
    const languageId = takes.find(({ pattern }) => pattern.test(name))?.languageId;
    if (languageId === undefined) continue;
    const full = path.join(root, name);
    const stats = await lstat(full);
    if (!stats.isFile() || stats.size > maximumBytes) continue;
    const text = (await readFile(full, 'utf8'))
      .replace(/^\ufeff/, '')
      .replaceAll('\r\n', '\n')
      .replace(/[ \t]+$/gm, '');
    if (!isWrittenByHand(text) || text.split('\n').length < minimumLines) continue;
    found.get(languageId)!.push({ languageId, name: `${entry.name}:${name}`, half: 'test', text });
  }
  for (const [languageId, files] of found) {
    if (files.length === 0) throw new Error(`${entry.name} has no usable file of ${languageId}; check its "take".`);
  }
  return [...found.values()].flat();
}

async function readFileIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
