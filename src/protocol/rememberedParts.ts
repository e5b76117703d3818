/** What the workspace memory is told of a file, or of a part of it; without a text, to forget it. */
export interface RememberedPart {
  readonly name: string;
  readonly text?: string;
}

/**
 * A file for the workspace memory. The line at the caret is left out: as it stands it is unfinished, and a memory of it
 * would say that it ends where the user stopped to type.
 *
 * @param caret offset in `text`, where somebody writes in this file.
 */
export function rememberedParts(name: string, text: string, caret?: number): RememberedPart[] {
  if (caret === undefined) return [{ name: behindCaret(name) }, { name, text }];
  const lineStart = text.slice(0, caret).lastIndexOf('\n') + 1;
  const lineEnd = text.indexOf('\n', caret);
  return [
    { name: behindCaret(name), text: lineEnd < 0 ? '' : text.slice(lineEnd + 1) },
    { name, text: text.slice(0, lineStart) },
  ];
}

/** The same parts, to be forgotten. */
export function forgottenParts(name: string): RememberedPart[] {
  return [{ name: behindCaret(name) }, { name }];
}

function behindCaret(name: string): string {
  return `${name}, behind the caret`;
}
