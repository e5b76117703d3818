import type { EvaluationCase } from '../suite/suite';

const OPENERS = '([{';
const CLOSERS = ')]}';

/** What a text leaves to the text around it. */
export interface BracketBalance {
  /** Closers whose openers would have to stand before the text, in order. */
  readonly unopened: string;
  /** Openers that the text leaves open, outermost first. */
  readonly unclosed: string;
}

/** Languages in which an apostrophe is no quote: lifetimes in Rust, contractions in prose. */
const NO_SINGLE_QUOTES: ReadonlySet<string> = new Set(['rust', 'markdown', 'plaintext']);

/**
 * Whether a completion would leave the brackets of the document otherwise than the real text does: one opened or closed
 * too many or too few. Brackets in strings do not count; the line before the caret tells whether the caret is in a string.
 */
export function unbalancesBrackets(at: EvaluationCase, completion: string): boolean {
  const before = at.prefix.slice(at.prefix.lastIndexOf('\n') + 1);
  const given = bracketBalance(before + completion, at.language);
  const real = bracketBalance(before + at.expected, at.language);
  return given.unopened !== real.unopened || given.unclosed !== real.unclosed;
}

/**
 * The brackets that a text neither opens nor closes itself. Strings are skipped; they end at the end of their line, those
 * in backticks at the next backtick.
 *
 * @param language VS Code's language id; it decides whether an apostrophe starts a string.
 */
export function bracketBalance(text: string, language?: string): BracketBalance {
  const open: string[] = [];
  let unopened = '';
  const quotes = NO_SINGLE_QUOTES.has(language ?? '') ? '"`' : '"\'`';
  let quote = '';
  for (let index = 0; index < text.length; index++) {
    const character = text[index] as string;
    if (character === '\n' && quote !== '`') quote = '';
    if (quote !== '') {
      if (character === '\\') index++;
      else if (character === quote) quote = '';
    } else if (quotes.includes(character)) quote = character;
    else if (OPENERS.includes(character)) open.push(character);
    else if (CLOSERS.includes(character)) {
      if (open.at(-1) === OPENERS[CLOSERS.indexOf(character)]) open.pop();
      else unopened += character;
    }
  }
  return { unopened, unclosed: open.join('') };
}
