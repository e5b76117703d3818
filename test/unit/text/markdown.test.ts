import fc from 'fast-check';
import { lexer, type Token, type Tokens } from 'marked';
import { describe, expect, it } from 'vitest';
import { codeSpan, table } from '../../../src/text/markdown';
import { visibleText } from '../../../src/text/visibleText';

/** Texts rich in what Markdown acts upon. */
const anyText = fc
  .array(fc.oneof(fc.constantFrom('|', '\\', '`', '``', ' ', '*', '_', '<b>', '[a](b)', 'x'), fc.string()), {
    maxLength: 12,
  })
  .map((parts) => parts.join(''));

/** The text of the one code span that a parser (VS Code uses marked) finds, without the joiners that nobody sees. */
function onlySpan(tokens: readonly Token[]): string {
  expect(tokens.map(({ type }) => type)).toEqual(['codespan']);
  return (tokens[0] as Tokens.Codespan).text.replaceAll('\u2060', '');
}

describe('codeSpan', () => {
  it('shows every text as it is, pipes too', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        fc.pre(text !== '');
        const [paragraph] = lexer(codeSpan(text));
        expect(paragraph!.type).toBe('paragraph');
        expect(onlySpan((paragraph as Tokens.Paragraph).tokens)).toBe(visibleText(text));
      }),
    );
    expect(codeSpan('a || b')).toBe('`a·||·b`');
  });
});

describe('table', () => {
  it('keeps every text in its cell, whatever backslashes are before its pipes', () => {
    fc.assert(
      fc.property(anyText, anyText, (one, other) => {
        fc.pre(one !== '' && other !== '');
        const [found] = lexer(table(['a', 'b'], ['left', 'right'], [[codeSpan(one), codeSpan(other)]]));
        const { rows } = found as Tokens.Table;
        expect(rows).toHaveLength(1);
        expect(rows[0]!.map(({ tokens }) => onlySpan(tokens))).toEqual([visibleText(one), visibleText(other)]);
      }),
    );
  });

  it.each(['\\|', '\\\\|', '\\\\\\||', '|', '||'])('shows %j', (text) => {
    const [found] = lexer(table(['a', 'b'], ['left', 'left'], [[codeSpan(text), 'x']]));
    const [cells] = (found as Tokens.Table).rows;
    expect(onlySpan(cells![0]!.tokens)).toBe(text);
    expect(cells![1]!.text).toBe('x');
  });
});
