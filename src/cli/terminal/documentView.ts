import stringWidth from 'string-width';
import type { SplitText } from '../commands/caretPlace';
import { clipEnd, clipStart } from './clipText';
import type { TableStyle } from './candidateTable';
import { documentLine } from './terminalText';

export interface InsertedText {
  readonly text: string;
  /** Code units of the suffix that the text takes the place of. */
  readonly replaceLength: number;
}

const linesBefore = 4;
const linesAfter = 2;
/** Enough for the lines shown; a document may be megabytes in one line. */
const excerptLength = 8000;
const lineBreak = /\r\n|\r|\n/;

/**
 * The lines around a caret with a completion in its place, emphasised by colour, or by « and » where there is none.
 * Line numbers are those of the document with the completion in it.
 */
export function documentView(document: SplitText, inserted: InsertedText, { colors, width }: TableStyle): string {
  const before = document.prefix
    .slice(-excerptLength)
    .split(lineBreak)
    .slice(-linesBefore - 1);
  const after = document.suffix
    .slice(inserted.replaceLength)
    .slice(0, excerptLength)
    .split(lineBreak)
    .slice(0, linesAfter + 1);
  const typed = before.pop() ?? '';
  const suffixRest = documentLine(after.shift() ?? '');
  const completed = inserted.text.split(lineBreak);
  const caretLine = countLines(document.prefix);
  const numberWidth = String(caretLine + completed.length + after.length).length;
  const room = Math.max(10, width - numberWidth - 3);

  const context = (line: string): string => colors.dim(clipEnd(documentLine(line), room));
  const emphasise = (text: string): string =>
    text === '' ? '' : colors.isColorSupported ? colors.bold(colors.green(text)) : `«${text}»`;
  const shown = completed.map((line, index) => {
    const start = index === 0 ? documentLine(typed) : '';
    // Tab stops count from the line start, where the typed part already stands.
    const text = index === 0 ? documentLine(typed + line).slice(start.length) : documentLine(line);
    const end = index === completed.length - 1 ? suffixRest : '';
    const startShown = clipStart(start, Math.max(10, room - stringWidth(text) - 2));
    const left = room - stringWidth(startShown) - stringWidth(text) - 2;
    return startShown + emphasise(text) + (left > 1 ? clipEnd(end, left) : '');
  });

  const lines = [...before.map(context), ...shown, ...after.map(context)];
  const firstLine = caretLine - before.length;
  return lines
    .map((line, index) => `${colors.dim(`${String(firstLine + index).padStart(numberWidth)} │`)} ${line}`.trimEnd())
    .join('\n');
}

/** Number of the last line of a text, from 1. */
function countLines(text: string): number {
  let lines = 1;
  for (const _ of text.matchAll(/\r\n|\r|\n/g)) lines++;
  return lines;
}
