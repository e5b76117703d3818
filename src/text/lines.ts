/** A line of a text with its place in it. */
export interface Line {
  /** Without its line break. */
  readonly text: string;
  /** Offset of the line's first character. */
  readonly start: number;
}

const lineBreak = /\r\n|\n|\r/g;

/** The lines of a text, for LF, CRLF and CR alike; at least one, the last one empty after a final line break. */
export function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  let start = 0;
  for (const match of text.matchAll(lineBreak)) {
    lines.push({ text: text.slice(start, match.index), start });
    start = match.index + match[0].length;
  }
  lines.push({ text: text.slice(start), start });
  return lines;
}

/** The text up to its first line break. */
export function firstLineOf(text: string): string {
  const end = text.search(/[\r\n]/);
  return end < 0 ? text : text.slice(0, end);
}

/** The text after its last line break. */
export function lastLineOf(text: string): string {
  const line = text.slice(text.lastIndexOf('\n') + 1);
  // Looked for in the rest only: a document without CR would be read whole.
  return line.slice(line.lastIndexOf('\r') + 1);
}

/** The text before the line at `index`, without the line break between them. */
export function textBeforeLine(text: string, lines: readonly Line[], index: number): string {
  if (index === 0) return '';
  const before = lines[index - 1]!;
  return text.slice(0, before.start + before.text.length);
}

/** Whether there is nothing but white space. */
export function isBlank(text: string): boolean {
  return text.trim() === '';
}
