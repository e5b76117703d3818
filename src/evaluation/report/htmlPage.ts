import { htmlEscape } from 'escape-goat';

export interface Section {
  readonly title: string;
  /** HTML: text in it has to be escaped already. */
  readonly content: string;
}

const style = `
:root { color-scheme: light dark; --text: #1f2328; --page: #ffffff; --grid: #d8dee4; --quiet: #6e7781;
  --main: #0969da; --second: #bc4c00; --third: #1a7f37; }
@media (prefers-color-scheme: dark) { :root { --text: #e6edf3; --page: #0d1117; --grid: #30363d; --quiet: #8b949e;
  --main: #58a6ff; --second: #ffa657; --third: #56d364; } }
body { font: 15px/1.5 system-ui, sans-serif; color: var(--text); background: var(--page); max-width: 66rem; margin: 2rem auto;
  padding: 0 1rem; }
h1 { font-size: 1.4rem; } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
figure { margin: 0; } figcaption { color: var(--quiet); max-width: 30rem; }
svg { max-width: 100%; height: auto; }
.plots { display: flex; flex-wrap: wrap; gap: 2rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: .2rem .8rem .2rem 0; text-align: right; border-bottom: 1px solid var(--grid); }
td { white-space: nowrap; }
th:first-child, td:first-child { text-align: left; } th { font-weight: 600; }
`;

/** One HTML file that needs nothing else: no script, and a policy that forbids loading anything. */
export function htmlPage(title: string, sections: readonly Section[]): string {
  const body = sections.map(({ title: name, content }) => `<h2>${htmlEscape(name)}</h2>\n${content}`).join('\n');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${htmlEscape(title)}</title>
<style>${style}</style>
</head>
<body>
<h1>${htmlEscape(title)}</h1>
${body}
</body>
</html>
`;
}

/** A table of plain texts; the first column is left-aligned, the others are figures. */
export function htmlTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const row = (tag: 'td' | 'th', cells: readonly string[]): string =>
    `<tr>${cells.map((cell) => `<${tag}>${htmlEscape(cell)}</${tag}>`).join('')}</tr>`;
  const lines = [row('th', header), ...rows.map((cells) => row('td', cells))];
  return `<div class="wide"><table>\n${lines.join('\n')}\n</table></div>`;
}

/** A picture with what it shows below it. */
export function figure(svg: string, caption: string): string {
  return `<figure>${svg}<figcaption>${htmlEscape(caption)}</figcaption></figure>`;
}

export function paragraph(text: string): string {
  return `<p>${htmlEscape(text).replaceAll('\n', '<br>')}</p>`;
}
