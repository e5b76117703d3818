import type { TrimInput } from '../../../src/completion/trim/trimCompletion';
import { closedPairs, closersAt } from './autoClosingPairs';
import type { CorpusFile } from './corpus';
import { shuffle } from './shuffle';

/** What is asked of the rules, one letter a method as in docs/evaluation.md. */
export const methodNames = ['A', 'B', 'C', 'D', 'E'] as const;
export type MethodName = (typeof methodNames)[number];

/** A raw completion and the document that it is for. */
export interface StudyCase {
  readonly input: TrimInput;
  /** What the completion must leave or become: the whole document, or a beginning that it must have. */
  readonly want: { readonly document: string } | { readonly beginning: string };
}

/** At most so many places of a file. */
const placesPerFile: Record<MethodName, number> = { A: 100, B: 300, C: 40, D: 60, E: 40 };
/** A block that is longer is not what a completion of some tokens writes. */
const longestBlock = 30;
/** How much of what follows a block a completion may run on to, in lines. */
const overrun = 6;

const closingLine =
  /^\s*(?:[)\]}]+[)\]};,]*|end[;,)\]}]*|fi|done|esac|endif|endsnippet|<\/[\w.-]+>|\{\/\w+\}|end(?:if|foreach|function|macro|while)\s*\(.*\))$/;
const blockOpener = /(?:[{([:]|=>|->|\b(?:do|then|begin|else)(?:\s*\|[^|]*\|)?)$/;

interface Lines {
  readonly lines: readonly string[];
  /** Offset of every line. */
  readonly starts: readonly number[];
  readonly text: string;
  readonly languageId: string;
}

type Method = (file: Lines, random: () => number) => StudyCase[];

export const methods: Record<MethodName, Method> = {
  A: restOfLine,
  B: insideClosedPairs,
  C: blocks,
  D: freshLineBeforeCloser,
  E: lastLineOfBlock,
};

/** The cases of a method in a file, at most so many as a file may give, chosen by the random numbers. */
export function casesOf(method: MethodName, { text, languageId }: CorpusFile, random: () => number): StudyCase[] {
  const lines = text.split('\n');
  const starts: number[] = [];
  let start = 0;
  for (const line of lines) {
    starts.push(start);
    start += line.length + 1;
  }
  const found = methods[method]({ lines, starts, text, languageId }, random);
  return shuffle(found, random).slice(0, placesPerFile[method]);
}

/** A: the true rest of a line, a random caret a line. */
function restOfLine({ lines, starts, text, languageId }: Lines, random: () => number): StudyCase[] {
  return lines.flatMap((line, index) => {
    const indentation = indentationOf(line).length;
    const column = indentation + Math.floor(random() * (line.length - indentation));
    const raw = line.slice(column);
    if (raw.trim() === '') return [];
    const caret = starts[index]! + column;
    const rest = text.slice(starts[index]! + line.length);
    const input = { text: raw, prefix: text.slice(0, caret), suffix: rest, multiLine: false, languageId };
    return [{ input, want: { document: text } }];
  });
}

/** B: a caret inside brackets or quotes that the editor closed. The raw completion is the true rest of the line. */
function insideClosedPairs({ lines, starts, text, languageId }: Lines): StudyCase[] {
  return lines.flatMap((line, index) => {
    const pairs = closedPairs(line, languageId);
    const cases: StudyCase[] = [];
    for (let column = 1; column < line.length; column++) {
      const closers = closersAt(line, pairs, column);
      if (closers === '') continue;
      const caret = starts[index]! + column;
      const suffix = closers + text.slice(starts[index]! + line.length);
      const prefix = text.slice(0, caret);
      const input = { text: line.slice(column), prefix, suffix, multiLine: false, languageId };
      cases.push({ input, want: { document: text } });
    }
    return cases;
  });
}

interface Block {
  readonly opener: number;
  /** The closing line, or the last line where there is none. */
  readonly last: number;
  readonly isClosed: boolean;
}

/** C: a block behind its opener, and what follows it. The block must stay whole. */
function blocks(file: Lines): StudyCase[] {
  const { lines, starts, text, languageId } = file;
  return blocksOf(file).map(({ opener, last }) => {
    const start = starts[opener]! + lines[opener]!.length;
    const end = starts[last]! + lines[last]!.length;
    const further = text.slice(end, starts[Math.min(lines.length - 1, last + overrun)]!).trimEnd();
    const raw = text.slice(start, end);
    const input = {
      text: raw + further,
      prefix: text.slice(0, start),
      suffix: text.slice(end),
      multiLine: true,
      languageId,
    };
    return { input, want: { beginning: raw } };
  });
}

/** D: a fresh line before a closing line, as deep as the line before or as the closing line. The raw completion is that closing line. */
function freshLineBeforeCloser({ lines, starts, text, languageId }: Lines, random: () => number): StudyCase[] {
  return lines.flatMap((line, index) => {
    const before = lines[index - 1];
    if (before === undefined || before.trim() === '' || !closingLine.test(line)) return [];
    if (indentationOf(before).length <= indentationOf(line).length && !closingLine.test(before)) return [];
    const indentation = indentationOf(random() < 0.5 ? before : line);
    const prefix = `${text.slice(0, starts[index]!)}${indentation}`;
    const suffix = `\n${text.slice(starts[index]!)}`;
    const input = { text: line.trim(), prefix, suffix, multiLine: true, languageId };
    return [{ input, want: { document: prefix + suffix } }];
  });
}

/** E: the last line of a closed block is still to be written. The raw completion is that line and what follows it. */
function lastLineOfBlock(file: Lines): StudyCase[] {
  const { lines, starts, text, languageId } = file;
  return blocksOf(file).flatMap(({ opener, last, isClosed }) => {
    const line = lines[last - 1]!;
    if (!isClosed || last - 1 === opener || line.trim() === '') return [];
    const caret = starts[last - 1]! + indentationOf(line).length;
    const further = text.slice(caret, starts[Math.min(lines.length - 1, last + 2)]!).trimEnd();
    const input = {
      text: further,
      prefix: text.slice(0, caret),
      suffix: `\n${text.slice(starts[last]!)}`,
      multiLine: true,
    };
    return [{ input: { ...input, languageId }, want: { document: text } }];
  });
}

/** Blocks of deeper lines behind a line that opens one; those that another branch follows (`} else {`) are left out. */
function blocksOf({ lines }: Lines): Block[] {
  const found: Block[] = [];
  for (const [opener, line] of lines.entries()) {
    if (!blockOpener.test(line)) continue;
    const depth = indentationOf(line).length;
    let end = opener + 1;
    while (end < lines.length && (lines[end]!.trim() === '' || indentationOf(lines[end]!).length > depth)) end++;
    if (end >= lines.length) continue;
    let last = end - 1;
    // A block behind a colon ends with its lines; a word at its depth ends another.
    const closes = closingLine.test(lines[end]!) && !(line.endsWith(':') && /^\s*\w/.test(lines[end]!));
    const isClosed = closes && indentationOf(lines[end]!).length === depth;
    if (isClosed) last = end;
    else if (
      /^\s*(?:[)\]}]|else|elif|elsif|except|catch|finally|rescue|ensure|case|default|when|end|and|or|[.?:&|+{])/.test(
        lines[end]!,
      )
    )
      continue;
    while (last > opener && lines[last]!.trim() === '') last--;
    if (last === opener || (isClosed && last === opener + 1) || last - opener > longestBlock) continue;
    found.push({ opener, last, isClosed });
  }
  return found;
}

function indentationOf(line: string): string {
  return /^[ \t]*/.exec(line)![0];
}
