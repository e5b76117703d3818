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
/** The rest is on the page of the extension, which reads no file: see the packaged README below. */
const shippedPictures = [...new Set([...pages.slice(1).flatMap(picturesOf), ...picturesOfManifest()])];

describe('the pictures', () => {
  it('are on every page that a user sees first, and in the manifest', () => {
    for (const page of pages) expect(picturesOf(page), page).not.toEqual([]);
    expect(picturesOfManifest()).toContain('media/icon.png');
  });

  it.each(pictures)('%s exists', (picture) => {
    expect(existsSync(path.join(root, picture)), 'TOPK_UPDATE_MEDIA=1 npm run test:e2e makes it').toBe(true);
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
  const readme = readFileSync(path.join(root, 'README.md'), 'utf8');
  const packaged = packagedReadme(readme, root);

  it('holds its pictures, byte by byte', () => {
    const held = Array.from(
      packaged.matchAll(/!\[[^\]]+\]\(data:(image\/\w+);base64,([^)]+)\)/g),
      ([, type, bytes]) => ({
        type,
        bytes,
      }),
    );
    expect(held).toEqual(
      picturesOf('README.md').map((picture) => ({
        type: `image/${path.extname(picture).slice(1)}`,
        bytes: readFileSync(path.join(root, picture), 'base64'),
      })),
    );
  });

  it('leads nowhere that the page of the extension cannot go', () => {
    const targets = Array.from(packaged.matchAll(/\]\(([^)]{0,12})/g), ([, target]) => target!);
    expect(targets.filter((target) => !/^(https:|data:image|#)/.test(target))).toEqual([]);
    expect(packagedReadme('see [the notes](docs/notes.md), [it](https://a.example/b) and [below](#end)', root)).toBe(
      'see the notes, [it](https://a.example/b) and [below](#end)',
    );
  });

  it('is not made with a picture that is missing or of another type', () => {
    expect(() => packagedReadme('![x](media/missing.png)', root)).toThrow('missing.png');
    expect(() => packagedReadme('![x](media/icon.svg)', root)).toThrow('icon.svg is neither PNG nor GIF');
  });
});
