import { describe, expect, it } from 'vitest';
import { cutAtUnopenedCloser } from '../../../../src/completion/trim/unopenedCloser';
import { removeSuffixOverlap } from '../../../../src/completion/trim/suffixOverlap';

const asCrlf = (text: string): string => text.replaceAll('\n', '\r\n');

describe('suffixOverlap', () => {
  it.each([
    // [what, prefix, completion, suffix, text, replaceLength]
    ['an auto-closed bracket', 'foo(', 'a, b)', ')', 'a, b)', 1],
    ['an auto-closed bracket and the statement end', 'foo(', 'a);', ');', 'a);', 2],
    ['a bracket that text follows', 'foo(', 'a);\nbar();', ')', 'a);\nbar();', 1],
    ['the first of two closers', 'f(g(', 'a)', '))', 'a)', 1],
    ['a closer that stands before more text', 'f(g(', 'a) + b', '))', 'a) + b', 1],
    ['brackets of two kinds', 'f(g([', 'x])', ']))', 'x])', 2],
    ['both closers', 'f(g(', 'a))', '))', 'a))', 2],
    ['an auto-closed quote', 'x = "', 'hello"', '"', 'hello"', 1],
    ['a quote and a bracket', 'log("', 'hi", name)', '")', 'hi", name)', 2],
    ['a triple quote', 'def f():\n    """', 'Does it."""', '"""', 'Does it."""', 3],
    ['a separator', 'x = [\n  foo', '(),', ',', '(),', 1],
    ['the end of an object inside a block', 'f() {\n  return {', ' a: 1 };', '};\n}', ' a: 1 };', 2],
    ['a callback with its brackets', 'it("a", ', '() => {\n  b();\n})', ')', '() => {\n  b();\n})', 1],
  ])('replaces %s', (_, prefix, completion, suffix, text, replaceLength) => {
    expect(removeSuffixOverlap(completion, prefix, suffix, 'typescript')).toEqual({ text, replaceLength });
    expect(removeSuffixOverlap(asCrlf(completion), asCrlf(prefix), asCrlf(suffix + '\n}'), 'typescript')).toEqual({
      text: asCrlf(text),
      replaceLength,
    });
  });

  it.each([
    ['a closer that the completion opened itself', 'foo(', 'bar(x)', ')'],
    ['a closer that an outer bracket still needs', 'f(g(a', ')', ')'],
    ['a word that only begins the next one', 'return foo(a', 'b', 'bc)'],
    ['a comment line that only begins like the next', '/**\n * ', 'One.\n *', '\n * Two.'],
    ['a word whose end is one', 'x = ', 'data', 'a + 1'],
    ['a nested block end that the suffix needs for the outer block', 'f {\n  if {\n    ', 'x;\n}', '\n}'],
    ['a suffix that has nothing in common', 'x = ', 'compute()', '\nreturn x;'],
  ])('leaves %s', (_, prefix, completion, suffix) => {
    expect(removeSuffixOverlap(completion, prefix, suffix, 'javascript')).toEqual({
      text: completion,
      replaceLength: 0,
    });
  });

  it.each([
    ['the rest of the line', 'const ', 'total = a + b;', ' = a + b;', 'total'],
    ['a closing bracket before more text', 'if (', 'a > b) {', ') {', 'a > b'],
    ['the end of the block', 'function f() {\n  ', 'return 1;\n}', '\n}\n', 'return 1;'],
    ['whole following lines', '', 'a();\nb();\nc();', '\nb();\nc();\nd();', 'a();'],
    ['a line break before the next line', '', 'a();\n', '\nb();', 'a();'],
    ['all of it', 'x', '.length;', '.length;', ''],
  ])('cuts %s', (_, prefix, completion, suffix, text) => {
    const languageId = prefix.startsWith('def') ? 'python' : 'javascript';
    expect(removeSuffixOverlap(completion, prefix, suffix, languageId)).toEqual({ text, replaceLength: 0 });
    expect(removeSuffixOverlap(completion, asCrlf(prefix), asCrlf(suffix), languageId).text).toBe(text);
    expect(removeSuffixOverlap(asCrlf(completion), prefix, suffix, languageId).text).toBe(asCrlf(text));
  });

  // From the tuning suite: a caret in a comment, and a prefix that begins inside a docstring.
  it.each([
    ['class A:  # type: ignore[m', 'isc]', ']\n    b = 1'],
    ['  Its text.\n"""\ndef f(self):\n    self.append(params, ', 'size)', ')\n    return 1'],
  ])('replaces a bracket where the code looks like a comment or a string: %j', (prefix, completion, suffix) => {
    expect(removeSuffixOverlap(completion, prefix, suffix, 'python')).toEqual({ text: completion, replaceLength: 1 });
  });

  it('leaves a bracket in a comment that the completion opened itself', () => {
    expect(removeSuffixOverlap('f(x)', '# see (', ')', 'python')).toEqual({ text: 'f(x)', replaceLength: 0 });
  });

  it('cuts the closer instead of replacing it where the white space before it differs', () => {
    expect(removeSuffixOverlap('a)', 'foo( ', ' )', 'javascript')).toEqual({ text: 'a', replaceLength: 0 });
  });
});

describe('bracketBalance', () => {
  it.each([
    ['a bracket too many', 'foo(', 'a)) + 1', 'a)'],
    ['the wrong kind', 'foo(', 'a]', 'a'],
    ['the wrong kind inside', '', 'foo(a]', 'foo(a'],
    ['a closer after an apostrophe in a comment', "// don't\n", 'a })', 'a '],
    ['a closer on a later line', 'if (a) {\n  ', 'b;\n}\n}', 'b;\n}\n'],
  ])('cuts %s', (_, prefix, completion, text) => {
    expect(cutAtUnopenedCloser(completion, prefix, 'javascript')).toBe(text);
  });

  it.each([
    ['closers in a string', '', 'x = ")"', 'javascript'],
    ['closers in a comment', '', 'x; // :)', 'javascript'],
    ['closers in a string that the prefix opened', 'x = "', ':)" + y', 'javascript'],
    ['an escaped quote', '', '"\\")"', 'javascript'],
    ['a block that the prefix opened', 'class A {\n  f() {\n', '  }\n}', 'javascript'],
    ['a bracket behind a lifetime', "fn f<'a>(x: &'a str", ") -> &'a str {", 'rust'],
    ['a bracket behind a character', "match c { '(' => f(", 'x) }', 'rust'],
    ['closers in an f-string of Python', "print(f'", "a)' + b)", 'python'],
    ['closers in a docstring', '"""It\'s :) here."""\nf(', 'x)', 'python'],
    ['closers in a regular expression', 'x = y.test(', '/[)\\]}]/, z)', 'javascript'],
    ['a division', '(a / ', 'b) / (c)', 'javascript'],
    ['# inside a shell expansion', 'echo $(( ', '$# ))', 'shellscript'],
    ['closers in a template literal over lines', 'x = `a\n', ')`;', 'typescript'],
    ['an unterminated quote of the line before', 'x = "a\n', 'f("b")', 'javascript'],
  ])('leaves %s', (_, prefix, completion, languageId) => {
    expect(cutAtUnopenedCloser(completion, prefix, languageId)).toBe(completion);
  });

  it('trusts closers whose opener may lie before the part of the prefix that it reads', () => {
    const filler = 'x = 1;\n'.repeat(3000);
    expect(cutAtUnopenedCloser('y;\n}', `function f() {\n${filler}`, 'javascript')).toBe('y;\n}');
  });
});
