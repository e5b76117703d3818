import { commentSyntaxOf } from '../../text/commentSyntax';
import { type Line, lastLineOf, linesOf, textBeforeLine } from '../../text/lines';

/** Four or more of the same mark, and nothing but such marks: `//////`, `# ----`, `/* ====`. */
const ruler = /^[^\w\s]*\s*([-=*#~_/+.%;])\1{3,}[^\w]*$/;
const rulerMarks = /([-=*#~_+%;/])\1{3,}/;
const todo = /\b(?:TODO|FIXME|XXX|HACK)\b/;
const licence =
  /copyright\s+(?:\(c\)|©|\d{4})|all rights reserved|licensed under|spdx-license-identifier|permission is hereby granted|without warranties or conditions/i;
const licenceWord = /copyright|©|licen[sc]e|spdx/i;
/** How much of the text around the caret shows what the user is writing, in UTF-16 units. */
const context = 600;

/**
 * Cuts a completion from the first comment line on that says nothing: a ruler (`//////`, `# ----`), an empty comment after
 * another, a `TODO` without text or a second one, licence boilerplate, a lone comment mark at the end. Boilerplate and rulers stay where the text
 * around the caret has some already: then they are what the user is writing. Only lines that start as comments are judged.
 */
export function cutCommentSpam(text: string, prefix: string, suffix: string, languageId?: string): string {
  const syntax = commentSyntaxOf(languageId);
  const marks = [syntax?.line, syntax?.block?.[0]].filter((mark) => mark !== undefined);
  if (marks.length === 0) return text;
  const around = prefix.slice(-context) + suffix.slice(0, context);
  const isLicenceWanted = licenceWord.test(around);
  const isRulerWanted = rulerMarks.test(prefix.slice(-4 * context) + suffix.slice(0, 4 * context));
  const lines = linesOf(text);
  let isInBlock = false;
  let todos = 0;
  let wasEmpty = false;
  for (const [index, line] of lines.entries()) {
    const whole = (index === 0 ? lastLineOf(prefix) + line.text : line.text).trim();
    const mark = marks.find((candidate) => whole.startsWith(candidate));
    if (mark === undefined && !isInBlock) {
      if (whole !== '') wasEmpty = false;
      continue;
    }
    const [blockStart, blockEnd] = syntax?.block ?? [];
    if (mark !== undefined && mark === blockStart) isInBlock = true;
    if (isInBlock && blockEnd !== undefined && whole.includes(blockEnd, mark === blockStart ? mark!.length : 0)) {
      isInBlock = false;
    }
    const body = whole.slice(mark?.length ?? 0).trim();
    const isEmpty = mark !== undefined && mark === syntax?.line && body === '';
    const isTodo = todo.test(body);
    if (isTodo) todos++;
    const isBareTodo = isTodo && index < lines.length - 1 && /^\W*(?:TODO|FIXME|XXX|HACK)\W*$/.test(body);
    // What the user began on the caret's own line, the completion may finish.
    const isBegun = index === 0 && lastLineOf(prefix).trim().length > (mark?.length ?? 0);
    const isSpam =
      (mark !== undefined && !isBegun && !isRulerWanted && ruler.test(whole)) ||
      (isEmpty && wasEmpty) ||
      isBareTodo ||
      (isTodo && todos > 1) ||
      (licence.test(body) && !isLicenceWanted && !(index === 0 && beginsIn(lastLineOf(prefix), line.text)));
    if (isSpam) return textBeforeLine(text, lines, index);
    wasEmpty = isEmpty;
  }
  return endsWithLoneMark(lines, prefix, suffix, marks, syntax?.line)
    ? textBeforeLine(text, lines, lines.length - 1)
    : text;
}

/** Whether a licence notice begins before the caret: the user is writing it. */
function beginsIn(before: string, text: string): boolean {
  const notice = licence.exec(before + text);
  return notice !== null && notice.index < before.length;
}

/** Whether the last line is the mark of a line comment and nothing else, and no comment stands before or behind it. */
function endsWithLoneMark(
  lines: readonly Line[],
  prefix: string,
  suffix: string,
  marks: readonly string[],
  lineMark: string | undefined,
): boolean {
  const own = lines.map(({ text }) => text);
  const around = [...linesOf(prefix.slice(-context)).map(({ text }) => text)];
  const before = [...around.slice(0, -1), around.at(-1)! + own[0]!, ...own.slice(1)];
  const last = before.pop()!.trim();
  const isLone = lineMark !== undefined && last.startsWith(lineMark) && last === lineMark[0]!.repeat(last.length);
  if (!isLone || own.at(-1)!.trim() === '') return false;
  const neighbours = [before.at(-1), linesOf(suffix.slice(0, context))[1]?.text];
  return neighbours.every(
    (line) => line === undefined || !(marks.some((mark) => line.trim().startsWith(mark)) || /^\s*\*/.test(line)),
  );
}
