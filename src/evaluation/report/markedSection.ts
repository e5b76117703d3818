/** A part of a generated page that another program writes: between two comments, which Markdown does not show. */
function marksOf(name: string): [begin: string, end: string] {
  return [`<!-- ${name}: begin -->`, `<!-- ${name}: end -->`];
}

/** The section of that name with its marks; undefined where the page has none. */
export function markedSection(page: string, name: string): string | undefined {
  const [begin, end] = marksOf(name);
  const start = page.indexOf(begin);
  const stop = page.indexOf(end, start);
  return start < 0 || stop < 0 ? undefined : page.slice(start, stop + end.length);
}

/** The page with the content in the section of that name, which is added at the end where it is missing. */
export function withMarkedSection(page: string, name: string, content: string): string {
  const [begin, end] = marksOf(name);
  const section = `${begin}\n\n${content.trim()}\n\n${end}`;
  const before = markedSection(page, name);
  return before === undefined ? `${page.trimEnd()}\n\n${section}\n` : page.replace(before, () => section);
}
