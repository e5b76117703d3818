import { frozenTexts } from '../frozenTexts.mjs';

/** The longest of the frozen texts in these languages; all are open while it is typed. */
const openPaths = [
  'processClient.ts',
  'inlineProvider.ts',
  'similarSnippets.ts',
  'attentionGraph.py',
  'ggufCheckpoint.py',
];
const shares = [0.2, 0.4, 0.6, 0.8];

const shortestLine = 24;
const typedCharacters = 6;

/** The workspace: path -> text. */
export function workspaceFiles() {
  return frozenTexts('.ts', '.py');
}

/**
 * Places all over the open files: of a line the end is taken out, and its first characters are typed again.
 *
 * @returns `{ path, line, start, end, typed, removed }`, file by file; the offsets are those of what is taken out.
 */
export function ghostPlaces(files, isQuick) {
  const wanted = isQuick ? shares.slice(1, 2) : shares;
  return openPaths.flatMap((path) => wanted.map((share) => ({ path, ...placeIn(files[path], share) })));
}

/** The whole of a line that is `keys` long at least, in the longest file. */
export function keystrokePlace(files, keys) {
  const [path] = openPaths;
  const text = files[path];
  const { start } = longLineFrom(text, text.length / 2, 1);
  return { path, start, end: text.indexOf('\n', start), typed: text.slice(start).replace(/\s+/g, ' ').slice(0, keys) };
}

function placeIn(text, share) {
  const { start: lineStart, end } = longLineFrom(text, text.length * share, shortestLine);
  // From the word that begins behind two fifths of the line.
  const from = lineStart + Math.floor((end - lineStart) * 0.4);
  const start = from + Math.max(0, text.slice(from, end).search(/(?<!\w)\w/));
  const removed = text.slice(start, end);
  return {
    line: text.slice(0, start).split('\n').length,
    start,
    end,
    typed: removed.slice(0, typedCharacters),
    removed,
  };
}

/** The first line behind an offset that has so many characters; `start` is behind its indentation. */
function longLineFrom(text, offset, length) {
  let start = text.indexOf('\n', offset) + 1;
  for (const line of text.slice(start).split('\n')) {
    const code = line.trim();
    if (code.length >= length) return { start: start + line.indexOf(code), end: start + line.length };
    start += line.length + 1;
  }
  throw new Error(`There is no line of ${length} characters behind character ${offset}.`);
}
