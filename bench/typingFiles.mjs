import { frozenTexts } from './frozenTexts.mjs';

/** Frozen texts of several languages that the trace types into; `at` is the share of the file above the caret. */
const files = [
  { path: 'largestEntries.ts', languageId: 'typescript', at: 0.35 },
  { path: 'decoderConfig.py', languageId: 'python', at: 0.5 },
  { path: 'quantiles.mjs', languageId: 'javascript', at: 0.45 },
  { path: 'benchmarkGuide.md', languageId: 'markdown', at: 0.4 },
  { path: 'processClient.ts', languageId: 'typescript', at: 0.6 },
];

/**
 * Places to type at: the text that stands there is taken out and typed again, a character a keystroke.
 *
 * @param keystrokes in all; each place gets the same share.
 * @returns `{ path, languageId, prefix, typed, suffix }` for each file.
 */
export function typingPlaces(keystrokes) {
  const share = Math.ceil(keystrokes / files.length);
  const texts = frozenTexts('.ts', '.py', '.mjs', '.md');
  return files.map(({ path, languageId, at }) => {
    const text = texts[path];
    // From the start of a line that is not empty; blanks at its start are the editor's indentation, not typed.
    const line = text.indexOf('\n', Math.floor(text.length * at)) + 1;
    const start = line + text.slice(line).search(/\S/);
    const typed = text.slice(start, start + share);
    if (typed.length < share)
      throw new Error(`${path} has only ${typed.length} characters behind ${at}; ${share} are typed.`);
    return { path, languageId, prefix: text.slice(0, start), typed, suffix: text.slice(start + share) };
  });
}
