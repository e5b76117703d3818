import { describe, expect, it } from 'vitest';
import { cutAtBlockEnd, indentationOf } from '../../../../src/text/blockEnd';
import { cutCommentSpam } from '../../../../src/completion/trim/commentSpam';
import { commentSyntaxOf, isProse } from '../../../../src/text/commentSyntax';
import { firstLineOf, lastLineOf, linesOf } from '../../../../src/text/lines';
import { reasonAgainstMidLine } from '../../../../src/completion/judge/midLine';
import { cutNextLineDuplicate } from '../../../../src/completion/trim/nextLineDuplicate';
import { cutRepetition } from '../../../../src/text/repetition';
import { cutTrailingWhitespace } from '../../../../src/completion/trim/trailingWhitespace';

const asCrlf = (text: string): string => text.replaceAll('\n', '\r\n');

describe('lines', () => {
  it('splits at LF, CRLF and CR, with offsets', () => {
    expect(linesOf('a\r\nb\nc\rd\n')).toEqual([
      { text: 'a', start: 0 },
      { text: 'b', start: 3 },
      { text: 'c', start: 5 },
      { text: 'd', start: 7 },
      { text: '', start: 9 },
    ]);
    expect(firstLineOf('a\r\nb')).toBe('a');
    expect(lastLineOf('a\r\nb')).toBe('b');
  });
});

describe('repetition', () => {
  it.each([
    ['words', 'so ha ha ha ha ha ha', 'so ha'],
    ['a phrase', 'the end of the line, the end of the line, the end of the line, the end', 'the end of the line, '],
    ['single characters', 'x = "aaaaaaaaaaaaaaaaaa', 'x = "a'],
    ['a line', 'a = foo();\nb();\nb();\nb();\nc();', 'a = foo();\nb();'],
    [
      'a block of lines',
      'if (ready) {\n  startAll();\n}\nif (ready) {\n  startAll();\n}\nfoo();',
      'if (ready) {\n  startAll();\n}',
    ],
  ])('cuts repeated %s after the first', (_, completion, text) => {
    expect(cutRepetition(completion)).toBe(text);
    expect(cutRepetition(asCrlf(completion))).toBe(asCrlf(text));
  });

  it.each([
    ['a row of a table', '[0, 0, 0, 0]'],
    ['brackets', '}\n}\n}'],
    ['indentation', '\n                    x'],
    ['two equal lines', 'i++;\ni++;'],
    // Blocks of different depth end alike; only at equal depth does a line repeat another.
    ['a line at other indentation', 'b();\n  b();\n\tb();'],
    ['an ordinary block', 'for (const a of b) {\n  c(a);\n}\nfor (const d of e) {\n  c(d);\n}'],
    ['nothing', ''],
  ])('leaves %s', (_, completion) => {
    expect(cutRepetition(completion)).toBe(completion);
  });
});

describe('nextLineDuplicate', () => {
  it.each([
    ['the next line', '  ', 'return total;', '\n  return total;\n}', ''],
    ['the next line behind a blank one', '', 'import os', '\n\nimport os\n', ''],
    ['the next line up to its punctuation', '  ', 'return total', '\n  return total;\n}', ''],
    ['the line that the caret stands in', 'const a', ' = compute(b);', '\nconst a = compute(b);', ''],
    ['from the second line on', '', 'open();\nread();\nclose();', '\nread();\nclose();', 'open();'],
  ])('cuts %s', (_, prefix, completion, suffix, text) => {
    expect(cutNextLineDuplicate(completion, prefix, suffix)).toBe(text);
    expect(cutNextLineDuplicate(asCrlf(completion), prefix, asCrlf(suffix))).toBe(asCrlf(text));
  });

  it.each([
    ['another index', '', 'console.log(values[1]);', '\nconsole.log(values[2]);'],
    ['another short name', '', 'const a = 1;', '\nconst b = 1;'],
    [
      'a neighbour in a list of similar names',
      '',
      'extern int cmp_main(int argc);',
      '\nextern int cms_main(int argc);',
    ],
    ['brackets alone', 'f(', '}', '\n}'],
    ['the rest of its own line', '', 'return a;', 'return a;'],
    ['a longer continuation of the same line', '', 'a();\nb();', '\na();\nc();'],
    ['a document end', '', 'return a;', ''],
  ])('leaves %s', (_, prefix, completion, suffix) => {
    expect(cutNextLineDuplicate(completion, prefix, suffix)).toBe(completion);
  });
});

describe('blockEnd', () => {
  it.each([
    [
      'at the closing line of a block that the caret opened',
      'function f() {',
      '\n  return 1;\n}\n\nfunction g() {\n}',
      '\n',
      '\n  return 1;\n}',
    ],
    ['before the next statement of a Python file', 'def f():', '\n    return 1\nx = f()', '', '\n    return 1'],
    ['at the blank line behind a block', 'def f():', '\n    return 1\n\n\ndef g():', '', '\n    return 1'],
    ['before a dedent', '    if a:\n        ', 'b()\n    else:', '', 'b()'],
    ['at a blank line between statements', '', 'a = 1\nb = 2\n\nc = 3', '', 'a = 1\nb = 2'],
    [
      'behind the closer that the file lacks',
      'function f() {\n  ',
      'return 1;\n}\nfoo();',
      '\n\nbar();',
      'return 1;\n}',
    ],
    ['before the closer that the file has', 'function f() {\n  ', 'return 1;\n}', '\n}\n', 'return 1;'],
    ['with tabs against spaces', '\tif (a) {', '\n        b();\n    }\n    c();', '', '\n        b();\n    }'],
    [
      'on a blank caret line with the completion bringing the indentation',
      'def f():\n',
      '    a()\n    b()\nc()',
      '',
      '    a()\n    b()',
    ],
  ])('ends %s', (_, prefix, completion, suffix, text) => {
    const languageId = prefix.includes('def') || prefix.includes(':') ? 'python' : 'javascript';
    expect(cutAtBlockEnd(completion, prefix, suffix, languageId)).toBe(text);
    expect(cutAtBlockEnd(asCrlf(completion), asCrlf(prefix), asCrlf(suffix), languageId)).toBe(asCrlf(text));
  });

  it.each([
    ['a blank line inside a block', 'def f():', '\n    a = 1\n\n    return a'],
    ['else branches', '', 'if (a) {\n  b();\n} else {\n  c();\n}'],
    ['a try with its handlers', 'try:', '\n    a()\nexcept OSError:\n    b()\nfinally:\n    c()'],
    ['one line', 'x = ', '1'],
    ['arguments over lines', 'foo(', '\n  a,\n  b,\n);'],
  ])('keeps %s', (_, prefix, completion) => {
    expect(cutAtBlockEnd(completion, prefix, '')).toBe(completion);
  });

  it('counts a tab up to the next multiple of four', () => {
    expect(indentationOf('\tx')).toBe(4);
    expect(indentationOf('  \tx')).toBe(4);
    expect(indentationOf('\t  x')).toBe(6);
  });
});

describe('commentSpam', () => {
  it.each([
    ['a ruler', '', 'a();\n//////////////\nb();', 'javascript', 'a();'],
    ['a ruler of dashes', '', 'a = 1\n# --------', 'python', 'a = 1'],
    ['a second empty comment', '', '//\n//\n//', 'javascript', '//'],
    ['a second TODO', '', '// TODO: check a\n// TODO: check b', 'javascript', '// TODO: check a'],
    ['a TODO without text', '', 'a();\n// TODO\nb();', 'javascript', 'a();'],
    ['licence boilerplate', '', '# Licensed under the Apache License', 'python', ''],
    ['licence boilerplate in a block', '', '/*\n * Copyright (c) 2020 Somebody\n */', 'c', '/*'],
  ])('cuts %s', (_, prefix, completion, languageId, text) => {
    expect(cutCommentSpam(completion, prefix, '', languageId)).toBe(text);
    expect(cutCommentSpam(asCrlf(completion), prefix, '', languageId)).toBe(asCrlf(text));
  });

  it.each([
    ['an ordinary comment', '', '// adds the two\na + b', 'javascript'],
    ['a ruler that the user began', '// ---', '---------', 'javascript'],
    ['a licence tag that the user began', '// SPDX-License-Id', 'entifier: MIT', 'javascript'],
    ['a comment paragraph', '', '// one\n//\n// two\n//\n// three', 'javascript'],
    ['a licence that the user is writing', '// Copyright (c) 2024 Me\n', '// All rights reserved.', 'javascript'],
    ['a Markdown heading underline', '', 'Title\n-----', 'markdown'],
    ['marks in code', '', 'a = "------"', 'python'],
    ['a language without comments', '', '# ------', 'json'],
  ])('leaves %s', (_, prefix, completion, languageId) => {
    expect(cutCommentSpam(completion, prefix, '', languageId)).toBe(completion);
  });
});

describe('trailingWhitespace', () => {
  it('cuts the end, but keeps spaces that separate text on the same line', () => {
    expect(cutTrailingWhitespace('a;  \r\n\t', '\nb')).toBe('a;');
    expect(cutTrailingWhitespace('a ', ')')).toBe('a');
    expect(cutTrailingWhitespace('return ', 'value;')).toBe('return ');
    expect(cutTrailingWhitespace('a; \n  ', 'value;')).toBe('a; ');
    expect(cutTrailingWhitespace('  \n', '')).toBe('');
  });
});

describe('midLine', () => {
  it.each(['', '  ', ')', '));', ') {', '"]', '),', '/>', '}', '`)', ') => {', ':'])(
    'allows a rest of "%s"',
    (rest) => {
      expect(reasonAgainstMidLine('foo', rest)).toBeUndefined();
    },
  );

  it('gives the reason where text follows', () => {
    expect(reasonAgainstMidLine('foo', 'bar')).toEqual({ kind: 'insideWord' });
    expect(reasonAgainstMidLine('é', 'é')).toEqual({ kind: 'insideWord' });
    expect(reasonAgainstMidLine('foo ', 'bar)')).toEqual({ kind: 'textFollows' });
    expect(reasonAgainstMidLine('foo', ' = 1')).toEqual({ kind: 'textFollows' });
  });
});

describe('commentSyntax', () => {
  it('knows the marks of languages by VS Code identifier', () => {
    expect(commentSyntaxOf('typescript')).toEqual({ line: '//', block: ['/*', '*/'] });
    expect(commentSyntaxOf('python')).toEqual({ line: '#' });
    expect(commentSyntaxOf('lua')?.line).toBe('--');
    expect(commentSyntaxOf('html')).toEqual({ block: ['<!--', '-->'] });
    expect(commentSyntaxOf('json')).toBeUndefined();
    expect(commentSyntaxOf(undefined)).toBeUndefined();
    expect(commentSyntaxOf('sql')?.line).toBe('--');
    expect(commentSyntaxOf('css')?.line).toBeUndefined();
    expect(isProse('markdown')).toBe(true);
    expect(isProse('go')).toBe(false);
  });
});
