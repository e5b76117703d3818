import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './setUp.mjs';

/** Files of this project, of several languages, that the trace types into; `at` is the share of the file above the caret. */
const files = [
  { path: 'src/scoring/topK.ts', languageId: 'typescript', at: 0.35 },
  { path: 'models/export/decoder.py', languageId: 'python', at: 0.5 },
  { path: 'bench/statistics.mjs', languageId: 'javascript', at: 0.45 },
  { path: 'bench/README.md', languageId: 'markdown', at: 0.4 },
  { path: 'src/client/engineClient.ts', languageId: 'typescript', at: 0.6 },
];

/**
 * Places to type at: the text that stands there is taken out and typed again, a character a keystroke.
 *
 * @param keystrokes in all; each place gets the same share.
 * @returns `{ path, languageId, prefix, typed, suffix }` for each file.
 */
export function typingPlaces(keystrokes) {
  const share = Math.ceil(keystrokes / files.length);
  return files.map(({ path, languageId, at }) => {
    const text = readFileSync(join(root, path), 'utf8');
    // From the start of a line that is not empty; blanks at its start are the editor's indentation, not typed.
    const line = text.indexOf('\n', Math.floor(text.length * at)) + 1;
    const start = line + text.slice(line).search(/\S/);
    const typed = text.slice(start, start + share);
    if (typed.length < share)
      throw new Error(`${path} has only ${typed.length} characters behind ${at}; ${share} are typed.`);
    return { path, languageId, prefix: text.slice(0, start), typed, suffix: text.slice(start + share) };
  });
}
