/** Languages in which an apostrophe starts a name or a single character, never a longer string. */
const characterLanguages = new Set(['rust', 'haskell', 'ocaml', 'scala', 'fsharp', 'elm', 'zig']);
/** Languages in which an apostrophe quotes an expression or starts a comment. */
const apostropheFreeLanguages = new Set(['clojure', 'lisp', 'scheme', 'vb']);

/**
 * Whether the quote at `index` starts a string, judged by what stands next to it: an apostrophe inside a word (`don't`) or
 * before a lifetime (`&'a`) does not.
 */
export function opensString(source: string, index: number, languageId: string | undefined): boolean {
  if (source[index] !== "'") return true;
  if (languageId !== undefined && apostropheFreeLanguages.has(languageId)) return false;
  if (languageId !== undefined && characterLanguages.has(languageId)) {
    return /^'(?:\\[^\r\n]{1,9}?|[^\\'])'/u.test(source.slice(index, index + 12));
  }
  const word = /\w*$/.exec(source.slice(Math.max(0, index - 16), index))![0];
  // f'', rb'' and the like are Python's string prefixes; any other word before an apostrophe makes it part of that word.
  return word === '' || (languageId === 'python' && /^[bfru]{1,2}$/i.test(word));
}
