import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { neutralProfile } from '../../../../src/protocol/modelProfile';
import { buildPrompt, prefixWindow, type PromptContent } from '../../../../src/completion/prompt/prompt';
import type { PromptPart } from '../../../../src/protocol/promptPart';

const lines = Array.from({ length: 400 }, (_, i) => `const value${i} = compute(${i * 7});\n`).join('');

describe('prefixWindow', () => {
  it('is an end of the prefix with \\n for every line end, no longer than the window, for any text', () => {
    const text = fc.string({ unit: fc.constantFrom('a', ' ', '\n', '\r\n', '😀'), maxLength: 200 });
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 120 }), (prefix, characters) => {
        const window = prefixWindow(prefix, characters);
        expect(window.length).toBeLessThanOrEqual(characters);
        expect(prefix.replaceAll('\r\n', '\n').endsWith(window)).toBe(true);
        if (prefix.length <= characters) expect(window).toBe(prefix.replaceAll('\r\n', '\n'));
        else
          expect(window.length).toBeGreaterThanOrEqual(
            Math.max(0, Math.floor(characters / 4 - 4)) - (prefix.match(/\r\n/g)?.length ?? 0),
          );
      }),
      { numRuns: 1000 },
    );
  });

  it('starts at a line start where there is one near', () => {
    for (let length = 2000; length < 2400; length += 13) {
      expect(prefixWindow(lines.slice(0, length), 800)).toMatch(/^const value/);
    }
  });

  it('keeps its start over most keystrokes, and never moves it back', () => {
    let moves = 0;
    let startsAt = 0;
    const typed = 2000;
    for (let length = 3000; length < 3000 + typed; length++) {
      const start = length - prefixWindow(lines.slice(0, length), 800).length;
      expect(start).toBeGreaterThanOrEqual(startsAt);
      if (start !== startsAt) moves++;
      startsAt = start;
    }
    expect(moves).toBeLessThanOrEqual(typed / (800 >> 2) + 1);
  });
});

describe('buildPrompt', () => {
  it('puts the path behind a file separator, then the text before the caret', () => {
    const parts = buildPrompt({ path: 'src\\main.ts', prefix: 'let a = 1;\r\nlet b', suffix: ' = 2;' });
    expect(parts).toEqual([
      { kind: 'special', token: 'fileSeparator' },
      { kind: 'text', text: 'src/main.ts\n', maxTokens: 64, keep: 'end' },
      { kind: 'text', text: 'let a = 1;\nlet b', maxTokens: 400, keep: 'end' },
    ]);
  });

  it('hands a prefix of 5 MB on as a window of it', () => {
    const promptBudget = { prefixTokens: 100, suffixTokens: 0, snippetTokens: 0 };
    const last = buildPrompt(
      { path: 'a.ts', prefix: lines.repeat(400), suffix: '' },
      { profile: { ...neutralProfile, promptBudget } },
    ).at(-1);
    expect(last).toMatchObject({ kind: 'text', maxTokens: 100 });
    expect(last?.kind === 'text' && last.text.length).toBeLessThanOrEqual(600);
  });

  const place = {
    path: 'src/main.ts',
    prefix: 'const a = 1;\nconst b = f(',
    suffix: ');\nreturn a + b;\n',
    openFiles: [{ path: 'src/f.ts', text: 'export const a = 2;\n' }],
  };
  const written = (parts: readonly PromptPart[]): string =>
    parts.map((part) => (part.kind === 'special' ? `<${part.token}>` : part.text)).join('');

  it('shows similar snippets and the lines behind the caret as files before the text before it', () => {
    expect(written(buildPrompt(place))).toBe(
      '<fileSeparator>src/f.ts\nexport const a = 2;\n\n' +
        '<fileSeparator>src/main.ts\nreturn a + b;\n' +
        '<fileSeparator>src/main.ts\nconst a = 1;\nconst b = f(',
    );
  });

  it('leaves out what it is told to', () => {
    const without = (content: PromptContent) => written(buildPrompt(place, content));
    const own = '<fileSeparator>src/main.ts\nconst a = 1;\nconst b = f(';
    const snippets = { openFiles: false, ownFile: false };
    expect(without({ snippets, suffix: false })).toBe(own);
    expect(without({ snippets })).toBe(`<fileSeparator>src/main.ts\nreturn a + b;\n${own}`);
    expect(without({ snippets, suffix: false, path: false })).toBe('const a = 1;\nconst b = f(');
    expect(without({ snippets: { openFiles: true, ownFile: false } })).toBe(without({}));
  });

  it('keeps the suffix block to its budget, at a line end', () => {
    const promptBudget = { prefixTokens: 100, suffixTokens: 50, snippetTokens: 0 };
    const parts = buildPrompt(
      { path: 'a.ts', prefix: '', suffix: `\n${lines}` },
      { profile: { ...neutralProfile, promptBudget } },
    );
    const block = parts[2]!;
    expect(block).toMatchObject({ kind: 'text', maxTokens: 50, keep: 'start' });
    expect(block.kind === 'text' && block.text.length).toBeGreaterThan(100);
    expect(block.kind === 'text' && lines.startsWith(block.text) && block.text.endsWith(';\n')).toBe(true);
    expect(block.kind === 'text' && block.text.length).toBeLessThanOrEqual(170);
  });

  it('has no suffix block where only blank lines follow', () => {
    expect(written(buildPrompt({ path: 'a.ts', prefix: 'x', suffix: '\n\n  \n' }))).toBe('<fileSeparator>a.ts\nx');
  });

  describe('of a model that fills in the middle', () => {
    const front = '<fileSeparator>src/f.ts\nexport const a = 2;\n\n<fileSeparator>src/main.ts\n';
    const before = 'const a = 1;\nconst b = f(';
    const behind = ');\nreturn a + b;\n';

    it('has prefix, suffix, middle in the order of its training', () => {
      expect(written(buildPrompt(place, { fillInTheMiddle: 'prefixFirst' }))).toBe(
        `${front}<fimPrefix>${before}<fimSuffix>${behind}<fimMiddle>`,
      );
      expect(written(buildPrompt(place, { fillInTheMiddle: 'suffixFirst' }))).toBe(
        `${front}<fimSuffix>${behind}<fimPrefix>${before}<fimMiddle>`,
      );
    });

    it('changes behind the suffix only while typing, where the suffix comes first', () => {
      const parts = (typed: string) =>
        buildPrompt({ ...place, prefix: place.prefix + typed }, { fillInTheMiddle: 'suffixFirst' });
      const [first, second] = [parts(''), parts('value, 1')];
      expect(second.slice(0, -2)).toEqual(first.slice(0, -2));
      expect(second.at(-2)).toMatchObject({ text: `${before}value, 1` });
    });
  });
});
