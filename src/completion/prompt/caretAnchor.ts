import type { DocumentContext } from '../../protocol/documentContext';

/** The caret's line and the whole lines on both sides of it; both sides end with a line feed unless they are empty. */
export interface CaretAnchor {
  readonly before: string;
  /** The caret's own line as far as the caret. */
  readonly line: string;
  readonly after: string;
}

/** Where the caret is, in lines, with `\n` for every line end. */
export function anchorOf({ prefix, suffix }: Pick<DocumentContext, 'prefix' | 'suffix'>): CaretAnchor {
  const above = prefix.replaceAll('\r\n', '\n');
  const lineStart = above.lastIndexOf('\n') + 1;
  const after = suffix.replaceAll('\r\n', '\n');
  const lineEnd = after.indexOf('\n');
  const below = lineEnd < 0 ? '' : after.slice(lineEnd + 1);
  return {
    before: above.slice(0, lineStart),
    line: above.slice(lineStart),
    after: below === '' || below.endsWith('\n') ? below : `${below}\n`,
  };
}
