const tagAtStart = /^\s*<\/([\w.:-]*)\s*>/;

/** A closing tag behind the caret that a text brings along too. */
export interface TagMatch {
  /** Up to which character of the text behind the caret the tag reaches. */
  readonly length: number;
  /** Where in the text the same tag stands. */
  readonly start: number;
}

/**
 * Finds the closing tag that starts the text behind the caret (`</div>`; editors write it as the opening tag is typed) in a
 * completion. Elements of the same name that the completion opens itself are passed over with their tags.
 */
export function matchClosingTag(text: string, rest: string): TagMatch | undefined {
  const tag = tagAtStart.exec(rest);
  if (tag === null) return undefined;
  const [whole, name = ''] = tag;
  const tags = new RegExp(`<(/?)${name.replace(/[.]/g, '\\.')}(?![\\w.:-])[^<>]*?(/?)>`, 'g');
  let depth = 0;
  for (const { 1: slash, 2: end, index } of text.matchAll(tags)) {
    if (slash === '') depth += end === '' ? 1 : 0;
    else if (depth-- === 0) return { length: whole.length, start: index };
  }
  return undefined;
}
