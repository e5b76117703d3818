import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { seededRandom } from '../../../src/evaluation/statistics/random';
import type { EvaluationCase } from '../../../src/evaluation/suite/suite';
import { attribution } from './attribution';
import { cutCase } from './cutCase';
import { fetchPackage } from './fetchPackage';
import {
  LANGUAGE_FILES,
  parsePackageList,
  PARTS,
  type Language,
  type PackageEntry,
  type PackageList,
  type Part,
} from './packageList';
import { sourceFiles, type SourceFile } from './sourceFiles';

interface Source {
  readonly entry: PackageEntry;
  readonly files: readonly SourceFile[];
}

/** A file is drawn from so often; a package of few files, such as one README, up to the higher number. */
const DRAWS_PER_FILE = 3;
const MAX_DRAWS_PER_FILE = 8;

/**
 * Writes suites/tuning.jsonl, suites/test.jsonl and ATTRIBUTION.md from the packages in packages.json. The same list gives
 * the same bytes again.
 *
 * @param folder where packages.json is.
 * @param args command line: --cache FOLDER keeps the downloads there; --pin writes the checksums of archives that have
 * none yet into packages.json.
 * @throws Error when a package cannot be fetched or there are not enough places for the wanted number of cases.
 */
export async function generateSuites(folder: string, args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: { cache: { type: 'string' }, pin: { type: 'boolean' } } });
  const cache = values.cache ?? join(tmpdir(), 'topk-evaluation-packages');
  await mkdir(cache, { recursive: true });
  const listPath = join(folder, 'packages.json');
  const list = parsePackageList(await readFile(listPath, 'utf8'));
  const { sources, checksums } = await fetchAll(list, cache, values.pin === true);
  const keys = new Set<string>();
  await mkdir(join(folder, 'suites'), { recursive: true });
  // The test part first: a line that both parts could have is left out of the tuning part.
  for (const part of [...PARTS].reverse()) {
    const cases = languages().flatMap((language) => cutLanguage(list, sources, part, language, keys));
    await writeFile(join(folder, 'suites', `${part}.jsonl`), cases.map((each) => `${JSON.stringify(each)}\n`).join(''));
    process.stdout.write(`${part}: ${cases.length} cases\n`);
  }
  await writeFile(join(folder, 'ATTRIBUTION.md'), attribution(list));
  if (values.pin === true) await pin(listPath, checksums);
}

function languages(): Language[] {
  return Object.keys(LANGUAGE_FILES) as Language[];
}

async function fetchAll(
  list: PackageList,
  cache: string,
  pinning: boolean,
): Promise<{ sources: Source[]; checksums: Map<string, string> }> {
  const seen = new Set<string>();
  const sources: Source[] = [];
  const checksums = new Map<string, string>();
  for (const part of [...PARTS].reverse()) {
    for (const entry of list.packages.filter((each) => each.part === part)) {
      if (entry.sha256 === undefined && !pinning)
        throw new Error(`${entry.name} has no sha256 in packages.json; run once with --pin.`);
      const { root, sha256 } = await fetchPackage(entry, cache);
      checksums.set(entry.name, sha256);
      sources.push({ entry, files: await sourceFiles(entry, root, seen) });
    }
  }
  return { sources, checksums };
}

/** Cases of one language, from its packages in turn. Each language draws from its own random numbers. */
function cutLanguage(
  list: PackageList,
  sources: readonly Source[],
  part: Part,
  language: Language,
  keys: Set<string>,
): EvaluationCase[] {
  const wanted = list.casesPerLanguage[part];
  const random = seededRandom(list.seed + 1000 * PARTS.indexOf(part) + languages().indexOf(language));
  const chosen = sources.filter(({ entry }) => entry.part === part && entry.take[language] !== undefined);
  const queues = chosen.map((source) => {
    const files = source.files.filter((file) => file.language === language);
    const needed = Math.ceil((1.5 * wanted) / chosen.length / files.length);
    const draws = Math.min(MAX_DRAWS_PER_FILE, Math.max(DRAWS_PER_FILE, needed));
    return { source, queue: Array.from({ length: draws }, () => shuffle(files, random)).flat() };
  });
  const cases: EvaluationCase[] = [];
  while (cases.length < wanted) {
    const open = queues.filter(({ queue }) => queue.length > 0);
    if (open.length === 0)
      throw new Error(`${part}, ${language}: only ${cases.length} of ${wanted} cases; name more packages.`);
    for (const { source, queue } of open) {
      if (cases.length === wanted) break;
      const result = cutCase(queue.shift() as SourceFile, source.files, random);
      if (result === undefined || keys.has(result.key)) continue;
      keys.add(result.key);
      const number = String(cases.length + 1).padStart(3, '0');
      const name = source.entry.name.replace(/^@/, '').replace('/', '-');
      const closers = result.hasClosers ? '-closers' : '';
      cases.push({ id: `${part}/${language}/${number}/${name}/${result.kind}${closers}`, ...result.cut });
    }
  }
  return cases;
}

/** Fisher-Yates. */
function shuffle<T>(values: readonly T[], random: () => number): T[] {
  const result = [...values];
  for (let index = result.length - 1; index > 0; index--) {
    const other = Math.floor(random() * (index + 1));
    [result[index], result[other]] = [result[other] as T, result[index] as T];
  }
  return result;
}

async function pin(listPath: string, checksums: ReadonlyMap<string, string>): Promise<void> {
  const raw = JSON.parse(await readFile(listPath, 'utf8')) as { packages: { name: string; sha256?: string }[] };
  for (const entry of raw.packages) entry.sha256 ??= checksums.get(entry.name) as string;
  await writeFile(listPath, `${JSON.stringify(raw, null, 2)}\n`);
}
