import { beforeEach, describe, expect, it } from 'vitest';
import type { DocumentContext } from '../../../../src/protocol/documentContext';
import { buildPrompt } from '../../../../src/completion/prompt/prompt';
import { anchorOf } from '../../../../src/completion/prompt/caretAnchor';
import { SnippetChoice } from '../../../../src/completion/snippets/snippetChoice';
import { similarSnippets, type SnippetOptions } from '../../../../src/completion/snippets/similarSnippets';

const snippetsFor = (place: DocumentContext, chosen = options) => similarSnippets(place, anchorOf(place), chosen);

const options: SnippetOptions = {
  characters: 1500,
  shownPrefix: 1400,
  shownSuffix: 1000,
  openFiles: true,
  ownFile: true,
};

/** A file of small functions, each with words of its own. */
const functionsOf = (name: string, count: number): string =>
  Array.from(
    { length: count },
    (_, i) => `export function ${name}${i}(input${name}) {\n  return input${name}.${name}Field${i};\n}\n\n`,
  ).join('');

const parser = `function parseHeader(buffer) {\n  const magic = buffer.readUInt32();\n  return { magic };\n}\n`;
const document: DocumentContext = {
  path: 'src/reader.ts',
  prefix: `import { parseHeader } from './header';\n\nexport function readFile(buffer) {\n  const header = `,
  suffix: `\n  if (header.magic !== expected) throw new Error('bad magic');\n  return header;\n}\n`,
  openFiles: [
    { path: 'src/colour.ts', text: functionsOf('colour', 30) },
    { path: 'src/header.ts', text: functionsOf('size', 12) + parser + functionsOf('length', 12) },
  ],
};

describe('similarSnippets', () => {
  it('takes the window with the words around the caret from the middle of another file, and puts its file last', () => {
    const snippets = snippetsFor(document);
    expect(snippets.at(-1)?.path).toBe('src/header.ts');
    expect(snippets.map(({ text }) => text).join('')).toContain(parser);
    expect(snippets[0]?.path).toBe('src/colour.ts');
  });

  it('weighs rare words more than ones that stand everywhere', () => {
    const everywhere = 'const config = getConfig(); // config\n'.repeat(20);
    const prefix = 'const config = getConfig();\nconst retries = config.backoffRetries;\n';
    const snippets = snippetsFor(
      {
        path: 'c.ts',
        prefix,
        suffix: '',
        openFiles: [
          { path: 'a.ts', text: everywhere },
          { path: 'b.ts', text: `${everywhere}const wait = load(config.backoffRetries);\n` },
        ],
      },
      { ...options, characters: 700 },
    );
    expect(snippets.at(-1)?.text).toContain('backoffRetries');
  });

  it('finds parts of the same file that the prompt does not show, and shows no line twice', () => {
    const far = `${parser}\n${functionsOf('other', 40)}`;
    const snippets = snippetsFor({ ...document, prefix: far + document.prefix, openFiles: [] });
    expect(snippets.every(({ path }) => path === 'src/reader.ts')).toBe(true);
    const shown = snippets.map(({ text }) => text).join('');
    expect(shown).toContain('function parseHeader(buffer)');
    const functions = [...shown.matchAll(/function (\w+)/g)].map(([, name]) => name);
    expect(new Set(functions).size).toBe(functions.length);
  });

  it('keeps to its characters, whatever the files look like', () => {
    const openFiles = [
      { path: 'minified.js', text: `parseHeader(${'buffer,'.repeat(5000)})` },
      { path: 'long.js', text: 'const header = parseHeader(buffer);\n'.repeat(5000) },
      { path: 'empty.js', text: '' },
    ];
    for (const characters of [0, 99, 150, 1500]) {
      const snippets = snippetsFor({ ...document, openFiles }, { ...options, characters });
      const total = snippets.reduce((sum, { text }) => sum + text.length, 0);
      expect(total).toBeLessThanOrEqual(characters);
      if (characters === 1500) expect(total).toBeGreaterThan(1000);
    }
  });

  it('joins neighbouring windows into one snippet', () => {
    const text = 'header.magic = buffer;\n'.repeat(32);
    const snippets = snippetsFor({ ...document, openFiles: [{ path: 'a.ts', text }] });
    expect(snippets).toEqual([{ path: 'a.ts', text }]);
  });

  it('takes nothing without a word in common, or of the document itself', () => {
    const none = { ...document, openFiles: [{ path: 'x.ts', text: 'zebra quagga okapi\n'.repeat(9) }] };
    expect(snippetsFor(none)).toEqual([]);
    const own = { ...document, openFiles: [{ path: 'src/reader.ts', text: parser }] };
    expect(snippetsFor(own)).toEqual([]);
  });
});

describe('SnippetChoice', () => {
  const choiceFor = (choice: SnippetChoice, place: DocumentContext) =>
    choice.keepOrChooseSnippets(place, anchorOf(place), options);

  it('goes by the very line of the caret', () => {
    const textAt = (place: DocumentContext) =>
      choiceFor(new SnippetChoice(), place)
        .map(({ text }) => text)
        .join('');
    expect(textAt(document)).not.toContain('colour12(');
    expect(textAt({ ...document, prefix: `${document.prefix}inputcolour.colourField12` })).toContain('colour12(');
  });

  it('stays the same near the place it was made for, whatever is written there', () => {
    const choice = new SnippetChoice();
    const first = choiceFor(choice, document);
    for (const prefix of [
      `${document.prefix}colour12(inputcolour.colourField12`,
      `${document.prefix}1;\n  colour12();\n  colour13();\n`,
      document.prefix.slice(0, document.prefix.lastIndexOf('\n', document.prefix.lastIndexOf('\n') - 1)),
    ])
      expect(choiceFor(choice, { ...document, prefix })).toBe(first);
    const sameFiles = document.openFiles!.map((file) => ({ ...file }));
    expect(choiceFor(choice, { ...document, openFiles: sameFiles })).toBe(first);
  });

  it('is made anew four lines away, in another file, and when an open file changed', () => {
    const choice = new SnippetChoice();
    const first = choiceFor(choice, document);
    const [colour, header] = document.openFiles!;
    for (const changed of [
      { ...document, prefix: `${document.prefix}\n\n\n\n  colour12(inputcolour` },
      { ...document, path: 'src/other.ts' },
      { ...document, openFiles: [colour!, { ...header!, text: `${header!.text}// changed\n` }] },
      { ...document, openFiles: [colour!] },
    ]) {
      const now = choiceFor(choice, changed);
      expect(now).not.toBe(first);
      expect(now).toEqual(snippetsFor(changed));
      expect(choiceFor(choice, document)).toEqual(first);
    }
  });
});

describe('the prompt while the user types', () => {
  const long: DocumentContext = {
    ...document,
    prefix: functionsOf('reader', 60) + document.prefix,
    suffix: document.suffix + functionsOf('writer', 60),
  };
  let snippetChoice: SnippetChoice;
  beforeEach(() => {
    snippetChoice = new SnippetChoice();
  });
  const frontOf = (place: DocumentContext) => buildPrompt(place, { snippetChoice }).slice(0, -1);

  it('keeps everything before the prefix over 30 characters typed on a line', () => {
    const front = frontOf(long);
    expect(front.filter(({ kind }) => kind === 'special').length).toBeGreaterThanOrEqual(3);
    for (let typed = 1; typed <= 30; typed++) {
      const text = 'parseHeader(buffer.subarray(0, 64))'.slice(0, typed);
      expect(frontOf({ ...long, prefix: long.prefix + text })).toEqual(front);
    }
  });

  it('keeps it when the editor closes a bracket behind the caret', () => {
    expect(frontOf({ ...long, prefix: `${long.prefix}parseHeader(`, suffix: `)${long.suffix}` })).toEqual(
      frontOf(long),
    );
  });

  it('changes it at most every fourth line', () => {
    let changes = 0;
    let last = JSON.stringify(frontOf(long));
    for (let line = 1; line <= 24; line++) {
      const typed = Array.from({ length: line }, (_, i) => `magic(${i});\n`).join('');
      const now = JSON.stringify(frontOf({ ...long, prefix: `${long.prefix}0;\n${typed}` }));
      if (now !== last) changes++;
      last = now;
    }
    expect(changes).toBeLessThanOrEqual(7);
  });
});
