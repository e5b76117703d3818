/** Where a person pauses and looks for a completion. */
export type CaretKind = 'indentation' | 'separator' | 'bracket' | 'word';

/** A caret on one line; the document goes on with expected and then, on the same line, with closers. */
export interface CaretPosition {
  readonly kind: CaretKind;
  /** Characters of the line before the caret. */
  readonly column: number;
  readonly expected: string;
  /** What the editor has already put after the caret: brackets or a quote that were closed when they were opened. */
  readonly closers: string;
}

const AFTER_SEPARATOR =
  /(?:\.(?=\w)|\(|\[|, |= |: |=> |-> |\{ |\b(?:return|import|from|if|for|func|const|let|def|await|new) )/g;
const WORD = /[A-Za-z_][A-Za-z_0-9]{3,}/g;
const OPENERS = '([{';
const CLOSERS = ')]}';

/**
 * All places on a line where a person may pause: after the indentation, after a separator, inside brackets that are open,
 * and one to three characters into a name of at least two more.
 *
 * Where an editor would already have closed the brackets or the quote around the caret, there is a second position at
 * the same column: the same caret with these closers after it.
 *
 * @param line text of the line, without its newline; must not end in a space.
 * @param prose whether words are separated by spaces: the start of every word is a separator then.
 */
export function caretPositions(line: string, prose: boolean): CaretPosition[] {
  const columns = new Map<number, CaretKind>();
  const indentation = line.length - line.trimStart().length;
  if (indentation > 0) columns.set(indentation, 'indentation');
  const separators = prose ? /(?:[\w,;:.] |\()/g : AFTER_SEPARATOR;
  for (const { index, 0: text } of line.matchAll(separators)) {
    const column = index + text.length;
    if (!columns.has(column))
      columns.set(column, openBrackets(line.slice(0, column)).length > 0 ? 'bracket' : 'separator');
  }
  for (const { index, 0: word } of line.matchAll(WORD)) {
    for (const typed of [1, 2, 3]) if (word.length >= typed + 2) columns.set(index + typed, 'word');
  }
  const positions: CaretPosition[] = [];
  for (const [column, kind] of columns) {
    const rest = line.slice(column);
    positions.push({ kind, column, expected: rest, closers: '' });
    const closers = closersAfter(line.slice(0, column), rest);
    if (closers !== '') positions.push({ kind, column, expected: rest.slice(0, -closers.length), closers });
  }
  return positions.filter(({ expected }) => isWorthAsking(expected));
}

/** A rest of at least two characters with a letter or digit in it: a lone bracket or semicolon says nothing of a model. */
function isWorthAsking(expected: string): boolean {
  return expected.trim().length >= 2 && /[\p{L}\p{N}]/u.test(expected);
}

/** The brackets of a text that are still open at its end, outermost first; strings are not looked into. */
function openBrackets(text: string): string[] {
  const open: string[] = [];
  for (const character of text) {
    if (OPENERS.includes(character)) open.push(character);
    else if (CLOSERS.includes(character) && open.at(-1) === OPENERS[CLOSERS.indexOf(character)]) open.pop();
  }
  return open;
}

/**
 * The end of rest that closes what is open before the caret and is nothing but closers, with a comma or semicolon after
 * them; empty where there is no such end.
 */
function closersAfter(before: string, rest: string): string {
  const quote = /^[^'"`\\]*(['"`])[)\]}]*[,;]?$/.exec(rest)?.[1];
  if (quote !== undefined) return before.split(quote).length % 2 === 0 ? rest.slice(rest.indexOf(quote)) : '';
  const open = openBrackets(before);
  const outer = open.length;
  for (let index = 0; index < rest.length; index++) {
    const character = rest[index] as string;
    if (OPENERS.includes(character)) open.push(character);
    if (!CLOSERS.includes(character)) continue;
    if (open.pop() !== OPENERS[CLOSERS.indexOf(character)]) return '';
    if (open.length >= outer) continue;
    const end = rest.slice(index);
    return /^[)\]}]+[,;]?$/.test(end) ? end : '';
  }
  return '';
}
