import type { CaretAnchor } from '../prompt/caretAnchor';
import type { ContextFile, DocumentContext } from '../../protocol/documentContext';
import { indexWindows, type LineWindow, type WindowIndex, wordsOf } from './identifierWindows';

/** Lines of a file that resemble what stands around the caret. */
export interface Snippet {
  readonly path: string;
  /** Whole lines; ends with a line feed. */
  readonly text: string;
}

export interface SnippetOptions {
  /** Characters that all snippets may have together. */
  readonly characters: number;
  /** Characters before the caret that the prompt shows anyway. */
  readonly shownPrefix: number;
  /** Characters behind the caret's line that the prompt shows anyway. */
  readonly shownSuffix: number;
  readonly openFiles: boolean;
  readonly ownFile: boolean;
}

/** More open files, or longer ones, cost more time to compare than they are worth; the first are the nearest. */
const maxFiles = 20;
const maxFileCharacters = 60_000;
/** As far from the caret as other parts of the same file are looked for; before it, the limit moves in steps. */
const ownLines = 600;
const ownLineStep = 100;
const maxSuffixCharacters = 6_000;

const linesAbove = 8;
const linesBelow = 12;
/** What a line counts for less than the next nearer one, and a line behind the caret less than one before it. */
const lineDecay = 0.9;
const belowWeight = 0.7;
/** Of less than this, nothing can be understood. */
const leastCharacters = 100;

interface Source extends ContextFile {
  readonly lines: readonly string[];
  readonly index: WindowIndex;
}

interface ScoredWindow extends LineWindow {
  readonly source: Source;
  readonly score: number;
}

/**
 * The windows of open files, and of far parts of the same file, that resemble the lines around the caret, as many as fit;
 * the file with the most similar one last, where it is nearest to the caret. Neighbours are joined.
 *
 * Similarity is the cosine of word sets, where a shared word counts by its rarity and its nearness to the caret.
 */
export function similarSnippets(
  document: Pick<DocumentContext, 'path' | 'openFiles'>,
  anchor: CaretAnchor,
  options: SnippetOptions,
): readonly Snippet[] {
  const sources = sourcesOf(document, anchor, options);
  if (sources.length === 0) return [];
  const query = queryOf(anchor);
  const chosen: ScoredWindow[] = [];
  let left = options.characters;
  for (const window of byScore(sources, query)) {
    if (left < leastCharacters) break;
    if (chosen.some((other) => other.source === window.source && overlaps(other, window))) continue;
    const cut = cutToCharacters(window, left);
    if (cut.end === cut.start) continue;
    chosen.push(cut);
    left -= textOf(cut).length;
  }
  // The best of a file comes first in `chosen`; the file with the best of all goes last.
  const files = [...new Set(chosen.map(({ source }) => source))].reverse();
  return files.flatMap((source) => joined(chosen.filter((window) => window.source === source)));
}

function sourcesOf(
  { path, openFiles = [] }: Pick<DocumentContext, 'path' | 'openFiles'>,
  { before, after }: CaretAnchor,
  options: SnippetOptions,
): Source[] {
  const sources: Source[] = [];
  if (options.openFiles) {
    const others = openFiles.filter((file) => file.path !== path);
    sources.push(...others.slice(0, maxFiles).map(sourceOf));
  }
  if (options.ownFile) {
    const far = before.slice(0, Math.max(0, before.length - options.shownPrefix)).split('\n');
    const start = Math.max(0, Math.ceil((far.length - ownLines) / ownLineStep) * ownLineStep);
    const texts = [far.slice(start).join('\n'), after.slice(options.shownSuffix, maxSuffixCharacters)];
    for (const text of texts) if (text.trim() !== '') sources.push(sourceOf({ path, text }));
  }
  return sources;
}

/** Files that are handed in again as the same object are not read again. */
const knownSources = new WeakMap<ContextFile, Source>();

function sourceOf(file: ContextFile): Source {
  const known = knownSources.get(file);
  if (known) return known;
  const lines = file.text.slice(0, maxFileCharacters).split(/\r\n|\n|\r/);
  const source = { ...file, lines, index: indexWindows(lines) };
  knownSources.set(file, source);
  return source;
}

/** The words around the caret, each with the weight of the nearest line that has it. */
function queryOf({ before, line, after }: CaretAnchor): Map<string, number> {
  const query = new Map<string, number>();
  const add = (lines: readonly string[], weight: number): void => {
    lines.forEach((line, distance) => {
      const lineWeight = weight * lineDecay ** distance;
      for (const word of wordsOf(line)) query.set(word, Math.max(query.get(word) ?? 0, lineWeight));
    });
  };
  add([line], 1);
  add(before.split('\n').slice(0, -1).slice(-linesAbove).reverse(), 1);
  add(after.split('\n').slice(0, linesBelow), belowWeight);
  return query;
}

/** All windows that share a word with the query, the most similar first. */
function byScore(sources: readonly Source[], query: ReadonlyMap<string, number>): ScoredWindow[] {
  const total = sources.reduce((sum, { index }) => sum + index.windows.length, 0);
  const shared = sources.map(({ index }) => new Float64Array(index.windows.length));
  for (const [word, weight] of query) {
    const holders = sources.map(({ index }) => index.windowsWith.get(word) ?? []);
    const rarity = Math.log(1 + total / (1 + holders.reduce((sum, { length }) => sum + length, 0)));
    holders.forEach((windows, source) => {
      for (const window of windows) shared[source]![window]! += weight * rarity;
    });
  }
  const scored: ScoredWindow[] = [];
  sources.forEach((source, at) => {
    const { windows, wordCounts } = source.index;
    windows.forEach((window, i) => {
      if (shared[at]![i]! > 0) scored.push({ ...window, source, score: shared[at]![i]! / Math.sqrt(wordCounts[i]!) });
    });
  });
  return scored.sort((a, b) => b.score - a.score);
}

function overlaps(a: LineWindow, b: LineWindow): boolean {
  return a.start < b.end && b.start < a.end;
}

function cutToCharacters(window: ScoredWindow, characters: number): ScoredWindow {
  let { end } = window;
  while (end > window.start && textOf({ ...window, end }).length > characters) end--;
  return { ...window, end };
}

function textOf({ source, start, end }: Pick<ScoredWindow, 'source' | 'start' | 'end'>): string {
  return source.lines
    .slice(start, end)
    .map((line) => `${line}\n`)
    .join('');
}

/** Windows of one file in the order of its lines; those that touch are one snippet. */
function joined(windows: readonly ScoredWindow[]): Snippet[] {
  const spans: { source: Source; start: number; end: number }[] = [];
  for (const { source, start, end } of windows.toSorted((a, b) => a.start - b.start)) {
    const last = spans.at(-1);
    if (last && last.end === start) last.end = end;
    else spans.push({ source, start, end });
  }
  return spans.map((span) => ({ path: span.source.path, text: textOf(span) }));
}
