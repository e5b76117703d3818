/** Languages in which a colon at the end of a line begins a block; elsewhere a value follows it (`color: `, `"key": `). */
const colonLanguages = new Set(['python', 'yaml', 'nim', 'gdscript', 'starlark', 'cython', 'haml', 'restructuredtext']);

/** Whether the line before the caret opens a block, so that several lines may follow. */
export function opensBlock(lineBefore: string, languageId: string | undefined): boolean {
  if (/(?:[{([]|=>)\s*$/.test(lineBefore)) return true;
  return languageId !== undefined && colonLanguages.has(languageId) && lineBefore.endsWith(':');
}
