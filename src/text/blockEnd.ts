import { scanBrackets } from './bracketScan';
import { isBlank, lastLineOf, linesOf, textBeforeLine } from './lines';

/** Columns that a tab advances to, for comparing lines that mix tabs and spaces. */
const usualTabSize = 4;
const closerLine = /^(?:[)\]}]|end\b|<\/|fi\b|done\b|esac\b)/;
/** Lines that go on with the block before them at the same indentation. */
const continuation = /^(?:else|elif|elsif|except|finally|catch|rescue|ensure|case|default|when|and|or|[.?:&|+{])/;
const opener = /(?:[{([:]|=>|->|\b(?:do|then|begin|else))$/;

/**
 * Cuts a completion of several lines where its block ends:
 * - before a line with less indentation than the caret's line, except one closing line that the prefix's brackets owe and
 *   the suffix does not give;
 * - at a blank line behind which the text is not deeper than the caret's line;
 * - where the caret's line opens a block: before the first line back at its indentation that neither closes nor goes on
 *   with it, and behind the closing line.
 *
 * The caret's line is the line before the caret and the completion's first line together. Tabs count up to multiples of 4.
 */
export function cutAtBlockEnd(text: string, prefix: string, suffix: string, languageId?: string): string {
  const lines = linesOf(text);
  const caretLine = lastLineOf(prefix) + lines[0]!.text;
  const first = isBlank(caretLine) ? lines.findIndex((line, i) => i > 0 && !isBlank(line.text)) : 0;
  if (first < 0) return text;
  const base = isBlank(caretLine) && isBlank(lastLineOf(prefix)) ? lines[first]!.text : caretLine;
  const indentation = indentationOf(base);
  const opensBlock = opener.test(base.trimEnd());

  for (let index = first + 1; index < lines.length; index++) {
    const line = lines[index]!.text;
    if (isBlank(line)) {
      const next = lines.slice(index + 1).find((candidate) => !isBlank(candidate.text));
      const depth = next === undefined ? -1 : indentationOf(next.text);
      const closesBlock = opensBlock && depth === indentation && closerLine.test(next!.text.trim());
      if (depth <= indentation && !closesBlock) return textBeforeLine(text, lines, index);
      continue;
    }
    const depth = indentationOf(line);
    if (depth > indentation) continue;
    const content = line.trim();
    if (depth < indentation) {
      const isOwed =
        closerLine.test(content) && owesCloser(text, lines[index]!.start, prefix, suffix, depth, languageId);
      return textBeforeLine(text, lines, isOwed ? index + 1 : index);
    }
    if (!opensBlock) continue;
    if (closerLine.test(content)) {
      if (opener.test(content)) continue;
      return index + 1 < lines.length ? textBeforeLine(text, lines, index + 1) : text;
    }
    if (!continuation.test(content)) return textBeforeLine(text, lines, index);
  }
  return text;
}

/** The column of the first character that is not white space. */
export function indentationOf(line: string, tabSize = usualTabSize): number {
  let column = 0;
  for (const character of line) {
    if (character === '\t') column += tabSize - (column % tabSize);
    else if (character === ' ') column++;
    else break;
  }
  return column;
}

/** Whether the line at `start` closes a bracket of the prefix that the next line of the suffix does not close. */
function owesCloser(
  text: string,
  start: number,
  prefix: string,
  suffix: string,
  depth: number,
  languageId: string | undefined,
): boolean {
  const closer = scanBrackets(prefix, text, languageId).closers.find(({ index }) => index >= start);
  if (closer?.opener !== 'prefix') return false;
  const next = linesOf(suffix.slice(0, 2_000)).find((line) => !isBlank(line.text))?.text;
  return next === undefined || indentationOf(next) !== depth || !closerLine.test(next.trim());
}
