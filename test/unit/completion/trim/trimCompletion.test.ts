import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ruleNames, trimCompletion, type RuleName } from '../../../../src/completion/trim/trimCompletion';

const base = { prefix: '', suffix: '', multiLine: true, languageId: 'typescript' };

/** For each rule that may act alone, an input that only this rule changes. */
const cases: Record<
  Exclude<RuleName, 'noChange'>,
  { input: Parameters<typeof trimCompletion>[0]; text: string; replaceLength: number }
> = {
  lineEnd: { input: { ...base, multiLine: false, text: 'a();\nb();' }, text: 'a();', replaceLength: 0 },
  invisibleText: { input: { ...base, text: 'a();\u202eb' }, text: 'a();', replaceLength: 0 },
  codeFence: { input: { ...base, languageId: 'python', text: 'a()\n```' }, text: 'a()', replaceLength: 0 },
  repetition: { input: { ...base, text: 'a();\na();\na();' }, text: 'a();', replaceLength: 0 },
  commentSpam: { input: { ...base, text: 'a();\n// ------' }, text: 'a();', replaceLength: 0 },
  blockEnd: { input: { ...base, text: 'a();\n\nb();' }, text: 'a();', replaceLength: 0 },
  nextLineDuplicate: { input: { ...base, text: 'a();\nbc()', suffix: '\n\nbc();' }, text: 'a();', replaceLength: 0 },
  doubledClosingLine: {
    input: { ...base, prefix: 'if (a) {\n  b();\n  ', text: '}', suffix: '\n}' },
    text: '',
    replaceLength: 0,
  },
  unfinishedEnd: { input: { ...base, text: 'a();\nbc', stopReason: 'max tokens' }, text: 'a();', replaceLength: 0 },
  bracketBalance: { input: { ...base, text: 'a)' }, text: 'a', replaceLength: 0 },
  suffixOverlap: { input: { ...base, prefix: 'f(', text: 'a)', suffix: ')' }, text: 'a)', replaceLength: 1 },
  nextLineFit: { input: { ...base, text: 'a();', suffix: '\n  .then(b);' }, text: 'a()', replaceLength: 0 },
  trailingWhitespace: { input: { ...base, text: 'a();  ' }, text: 'a();', replaceLength: 0 },
  textJoin: { input: { ...base, text: 'total', suffix: 'sum' }, text: '', replaceLength: 0 },
};

describe('trimCompletion', () => {
  it.each(ruleNames.filter((name) => name !== 'noChange'))('applies %s, and leaves it out when disabled', (name) => {
    const { input, text, replaceLength } = cases[name];
    expect(trimCompletion(input)).toEqual({ text, replaceLength, applied: [name] });
    expect(trimCompletion(input, { disabled: new Set([name]) })).toEqual({
      text: input.text,
      replaceLength: 0,
      applied: [],
    });
  });

  it('keeps a sound completion as it is', () => {
    const text = 'if (a) {\n    b();\n  }';
    expect(trimCompletion({ ...base, prefix: 'function f() {\n  ', text, suffix: '\n}\n' })).toEqual({
      text,
      replaceLength: 0,
      applied: [],
    });
  });

  it('gives nothing for white space, and says which rules left nothing', () => {
    expect(trimCompletion({ ...base, text: ' \n\t' }).text).toBe('');
    expect(trimCompletion({ ...base, text: 'total', prefix: '', suffix: '\ntotal' })).toEqual({
      text: '',
      replaceLength: 0,
      applied: ['nextLineDuplicate'],
    });
  });

  it('gives nothing for a closer that takes the place of the same closer', () => {
    const input = { ...base, prefix: 'max(items', text: ')', suffix: ')' };
    expect(trimCompletion(input)).toEqual({ text: '', replaceLength: 0, applied: ['suffixOverlap', 'noChange'] });
    const disabled = new Set<RuleName>(['noChange']);
    expect(trimCompletion(input, { disabled })).toEqual({ text: ')', replaceLength: 1, applied: ['suffixOverlap'] });
  });

  it('does not swallow a closer of the document for one that it cuts', () => {
    expect(trimCompletion({ ...base, prefix: 'x = a', text: 'b)', suffix: ')' })).toEqual({
      text: 'b',
      replaceLength: 0,
      applied: ['bracketBalance'],
    });
  });

  it('leaves brackets and blocks of prose alone', () => {
    const text = 'a) first point :)\n\nb) second';
    expect(trimCompletion({ ...base, text, languageId: 'markdown' })).toEqual({ text, replaceLength: 0, applied: [] });
  });

  const piece = fc.constantFrom(...'()[]{};,"\'` ab\n', '\r\n', '\t', '// ', 'foo', 'return x;', '}\n', '\u{1F600}');
  const source = fc.array(piece, { maxLength: 14 }).map((pieces) => pieces.join(''));

  it('always gives a beginning of the raw text, and replaces only characters that recur in it', () => {
    fc.assert(
      fc.property(source, source, source, fc.boolean(), (prefix, text, suffix, multiLine) => {
        const result = trimCompletion({ ...base, prefix, text, suffix, multiLine });
        expect(text.startsWith(result.text)).toBe(true);
        const replaced = suffix.slice(0, result.replaceLength);
        expect(replaced).not.toMatch(/[\r\n]/);
        let position = 0;
        for (const character of replaced) {
          position = result.text.indexOf(character, position) + 1;
          expect(position).toBeGreaterThan(0);
        }
        if (!multiLine) expect(result.text).not.toMatch(/[\r\n]/);
      }),
      { numRuns: 3000 },
    );
  });

  it('is the same for documents with LF and with CRLF', () => {
    const crlf = (text: string): string => text.replace(/\r\n|\n/g, '\r\n');
    const lf = (text: string): string => text.replaceAll('\r\n', '\n');
    fc.assert(
      fc.property(source, source, source, (prefix, text, suffix) => {
        const unix = trimCompletion({ ...base, prefix: lf(prefix), text: lf(text), suffix: lf(suffix) });
        const dos = trimCompletion({ ...base, prefix: crlf(prefix), text: crlf(text), suffix: crlf(suffix) });
        expect(dos).toEqual({ ...unix, text: crlf(unix.text) });
      }),
      { numRuns: 2000 },
    );
  });
});
