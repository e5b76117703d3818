import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { packagedReadme } from '../../scripts/packagedReadme.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const walkthrough = readdirSync(path.join(root, 'media/walkthrough')).filter((name) => name.endsWith('.md'));
const pages = ['README.md', ...walkthrough.map((name) => `media/walkthrough/${name}`)];

/** The pictures of a page, relative to the root. */
function picturesOf(page: string): string[] {
  const text = readFileSync(path.join(root, page), 'utf8');
  const targets = Array.from(text.matchAll(/!\[[^\]]*\]\(([^)\s]+)/g), ([, target]) => target!);
  return targets.map((target) => path.posix.join(path.posix.dirname(page), target));
}

/** The pictures that the manifest names anywhere. */
function picturesOfManifest(): string[] {
  const text = readFileSync(path.join(root, 'package.json'), 'utf8');
  return Array.from(text.matchAll(/"(media\/[^"]+\.(?:png|svg|gif))"/g), ([, target]) => target!);
}

/** Whether the allow-list of the package has a file; its patterns know no more than * and **. */
function isShipped(file: string): boolean {
  const [first, ...patterns] = readFileSync(path.join(root, '.vscodeignore'), 'utf8').split('\n').filter(isPattern);
  expect(first).toBe('**');
  return patterns.some((pattern) => {
    const source = pattern
      .slice(1)
      .replaceAll('.', '\\.')
      .replaceAll('**', '.+')
      .replaceAll(/(?<!\.)\*/g, '[^/]*');
    return new RegExp(`^${source}$`).test(file);
  });
}

function isPattern(line: string): boolean {
  return line !== '' && !line.startsWith('#');
}

const pictures = [...new Set([...pages.flatMap(picturesOf), ...picturesOfManifest()])];
/** The README's own are not: the page of the extension reads no file. */
const shippedPictures = [...new Set([...pages.slice(1).flatMap(picturesOf), ...picturesOfManifest()])];

describe('the pictures', () => {
  it('are on every page that a user sees first, and in the manifest', () => {
    for (const page of pages) expect(picturesOf(page), page).not.toEqual([]);
    expect(picturesOfManifest()).toContain('media/icon.png');
  });

  it.each(pictures)('%s exists', (picture) => {
    expect(existsSync(path.join(root, picture)), 'npm run media makes it').toBe(true);
  });

  it.each(shippedPictures)('%s is part of the package', (picture) => {
    expect(isShipped(picture)).toBe(true);
  });

  it('are not the only things that the allow-list tells apart', () => {
    expect(isShipped('media/icon.svg')).toBe(false);
    expect(isShipped('media/samples/basket.py')).toBe(false);
    expect(isShipped('src/extension.ts')).toBe(false);
  });
});

describe('the README in the package', () => {
  const packaged = packagedReadme(readFileSync(path.join(root, 'README.md'), 'utf8'));

  it('has no picture that the page of the extension could not show, and says where they are', () => {
    expect(packaged).not.toContain('![');
    expect(packaged.match(/First Steps with Top-K/g)).toHaveLength(1);
  });

  it('leads nowhere that the page of the extension cannot go', () => {
    const targets = Array.from(packaged.matchAll(/\]\(([^)]*)/g), ([, target]) => target!);
    expect(targets.filter((target) => !/^(https:|#)/.test(target))).toEqual([]);
    expect(packagedReadme('see [the notes](docs/notes.md), [it](https://a.example/b) and [below](#end)')).toBe(
      'see the notes, [it](https://a.example/b) and [below](#end)',
    );
  });

  it('takes pictures and files from the web where it is told the address', () => {
    expect(packagedReadme('![x](media/x.gif)\n\nsee [it](docs/it.md)', 'https://a.example/')).toBe(
      '![x](https://a.example/media/x.gif)\n\nsee [it](https://a.example/docs/it.md)',
    );
  });
});
