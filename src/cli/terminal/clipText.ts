import stringWidth from 'string-width';

const graphemes = new Intl.Segmenter();

/** The start of a text in at most `width` terminal columns; what is cut is marked with `…`. Characters stay whole. */
export function clipEnd(text: string, width: number): string {
  // More code units than this cannot fit, and segmenting a line of megabytes would take seconds.
  const head = text.slice(0, width * 16);
  if (head.length === text.length && stringWidth(text) <= width) return text;
  return `${takeColumns(segmentsOf(head), width - 1).join('')}…`;
}

/** The end of a text in at most `width` terminal columns; what is cut is marked with `…`. */
export function clipStart(text: string, width: number): string {
  const tail = text.slice(-width * 16);
  if (tail.length === text.length && stringWidth(text) <= width) return text;
  return `…${takeColumns(segmentsOf(tail).reverse(), width - 1)
    .reverse()
    .join('')}`;
}

function segmentsOf(text: string): string[] {
  return [...graphemes.segment(text)].map(({ segment }) => segment);
}

function takeColumns(segments: readonly string[], width: number): string[] {
  const taken: string[] = [];
  let columns = 0;
  for (const segment of segments) {
    columns += stringWidth(segment);
    if (columns > width) break;
    taken.push(segment);
  }
  return taken;
}
