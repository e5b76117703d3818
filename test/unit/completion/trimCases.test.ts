import { describe, expect, it } from 'vitest';
import type { StopReason } from '../../../src/completion/completionPath';
import { trimCompletion } from '../../../src/completion/stopRules';

interface GoldenCase {
  readonly name: string;
  readonly languageId: string;
  /** The document with ¦ for the caret. */
  readonly document: string;
  /** The completion as the model wrote it. */
  readonly raw: string;
  /** The document as it must become. */
  readonly want: string;
  readonly multiLine?: boolean;
  readonly stopReason?: StopReason;
}

function accepted({ languageId, document, raw, multiLine = false, stopReason }: GoldenCase): string {
  const [prefix, suffix] = document.split('¦') as [string, string];
  const { text, replaceLength } = trimCompletion({ text: raw, prefix, suffix, multiLine, languageId, stopReason });
  return prefix + text + suffix.slice(replaceLength);
}

const asCrlf = (text: string): string => text.replaceAll('\n', '\r\n');

function test(cases: readonly GoldenCase[]): void {
  it.each(cases.map((each) => [`${each.languageId}: ${each.name}`, each] as const))('%s', (_, each) => {
    expect(accepted(each)).toBe(each.want);
    const crlf = { ...each, document: asCrlf(each.document), raw: asCrlf(each.raw) };
    expect(accepted(crlf)).toBe(asCrlf(each.want));
  });
}

describe('closers that the editor typed come out once', () => {
  test([
    {
      ...{ name: 'a string in braces, inside of a block', languageId: 'go' },
      document: 'func names() []string {\n\treturn []string{"al¦"}\n}\n',
      raw: 'ice"}',
      want: 'func names() []string {\n\treturn []string{"alice"}\n}\n',
    },
    {
      ...{ name: 'a callback whose body is on later lines', languageId: 'typescript' },
      document: 'source.forEach((value, ¦)\n  use(value, index);\n});\n',
      raw: 'index) => {',
      want: 'source.forEach((value, index) => {\n  use(value, index);\n});\n',
    },
    {
      ...{ name: 'the inner one of two brackets, the outer one closed below', languageId: 'go' },
      document: '\twalk(func(node, par¦)\n\t\tuse(node)\n\t})\n',
      raw: 'ent *Node) bool {',
      want: '\twalk(func(node, parent *Node) bool {\n\t\tuse(node)\n\t})\n',
    },
    {
      ...{ name: 'a quote in a comment, with words behind it', languageId: 'cpp' },
      document: '// Between "the¦"\nint x;\n',
      raw: ' fox" and "the who"',
      want: '// Between "the fox" and "the who"\nint x;\n',
    },
    {
      ...{ name: 'a backtick in a comment', languageId: 'swift' },
      document: '// Inherits from `UIRes¦`\nlet a = 1\n',
      raw: 'ponder` and has an initializer.',
      want: '// Inherits from `UIResponder` and has an initializer.\nlet a = 1\n',
    },
    {
      ...{ name: 'a bracket inside a string', languageId: 'json' },
      document: '{\n  "description": "The name (some ty¦)"\n}\n',
      raw: 'pes have none)."',
      want: '{\n  "description": "The name (some types have none)."\n}\n',
    },
    {
      ...{ name: 'a quote before a bracket that the string opens for show', languageId: 'c' },
      document: '  printf("(unexp¦")\n}\n',
      raw: 'ected ");',
      want: '  printf("(unexpected ");\n}\n',
    },
    {
      ...{ name: 'a template in a quoted value', languageId: 'yaml' },
      document: 'name: "{{ \'key¦\'}}"\n',
      raw: "' | vault('password') }}\"",
      want: "name: \"{{ 'key' | vault('password') }}\"\n",
    },
    {
      ...{ name: 'quotes of a table inside a call', languageId: 'lua' },
      document: 'foo({ name = "a¦"})\nend\n',
      raw: 'nna"})',
      want: 'foo({ name = "anna"})\nend\n',
    },
    {
      ...{ name: 'a character literal', languageId: 'rust' },
      document: '    assert!(is_digit(b¦))\n}\n',
      raw: "':'));",
      want: "    assert!(is_digit(b':'));\n}\n",
    },
    {
      ...{ name: 'an expression in an f-string', languageId: 'python' },
      document: 'error = f"{escape(str(trace¦))}"\n',
      raw: 'back))}"',
      want: 'error = f"{escape(str(traceback))}"\n',
    },
    {
      ...{ name: 'a link with code in it', languageId: 'markdown' },
      document: 'See [`client.¦`]\n',
      raw: 'stats`][] for more.',
      want: 'See [`client.stats`][] for more.\n',
    },
    {
      ...{ name: 'a closer that the text lacks', languageId: 'javascript' },
      document: 'log(format("¦"))\n',
      raw: 'hello',
      want: 'log(format("hello"))\n',
    },
    {
      ...{ name: 'the closer that an outer bracket needs', languageId: 'javascript' },
      document: 'f(g(a¦)\n',
      raw: ')',
      want: 'f(g(a))\n',
    },
  ]);
});

describe('a rest of the line that goes on after its closers stays', () => {
  test([
    {
      ...{ name: 'the condition of a block', languageId: 'javascript' },
      document: 'if (¦) {\n}\n',
      raw: 'x > 1) return;',
      want: 'if (x > 1) {\n}\n',
    },
    {
      ...{ name: 'parameters before a colon', languageId: 'python' },
      document: 'def f(¦):\n    pass\n',
      raw: 'a) -> int:',
      want: 'def f(a):\n    pass\n',
    },
    {
      ...{ name: 'an attribute before the end of its tag', languageId: 'html' },
      document: '<a href="¦">\n',
      raw: 'index.html">Home</a>',
      want: '<a href="index.html">\n',
    },
    {
      ...{ name: 'parameters before an arrow', languageId: 'typescript' },
      document: 'const f = (¦) => x\n',
      raw: 'x: number) => x',
      want: 'const f = (x: number) => x\n',
    },
    {
      ...{ name: 'names before where they come from', languageId: 'typescript' },
      document: 'import { ¦ } from "x"\n',
      raw: 'a } from "y"',
      want: 'import { a } from "x"\n',
    },
    {
      ...{ name: 'the rest of a table row inside a word', languageId: 'markdown' },
      document: '| Not ¦qual|x|\n',
      raw: 'equal|x|',
      want: '| Not equal|x|\n',
    },
  ]);
});

describe('closing lines that the document has already', () => {
  test([
    {
      ...{ name: 'brackets of a call over lines', languageId: 'rust' },
      document: 'fn f() {\n    check(\n        "a",\n        ¦\n    );\n}\n',
      raw: ');\n    }',
      want: 'fn f() {\n    check(\n        "a",\n        \n    );\n}\n',
      multiLine: true,
    },
    {
      ...{ name: 'after a whole statement', languageId: 'javascript' },
      document: 'it("a", () => {\n  b();\n  ¦\n});\n',
      raw: 'c();\n});',
      want: 'it("a", () => {\n  b();\n  c();\n});\n',
      multiLine: true,
    },
    {
      ...{ name: 'a word', languageId: 'ruby' },
      document: 'def a\n  if x\n    y\n    ¦\n  end\nend\n',
      raw: 'end',
      want: 'def a\n  if x\n    y\n    \n  end\nend\n',
      multiLine: true,
    },
    {
      ...{ name: 'a word with brackets', languageId: 'cmake' },
      document: 'if(A)\n  set(B c)\n  ¦\nendif()\n',
      raw: 'endif()',
      want: 'if(A)\n  set(B c)\n  \nendif()\n',
      multiLine: true,
    },
    {
      ...{ name: 'a clause inside its case', languageId: 'shellscript' },
      document: 'case $1 in\n  start)\n    run ;;\n    ¦\nesac\n',
      raw: 'esac',
      want: 'case $1 in\n  start)\n    run ;;\n    \nesac\n',
      multiLine: true,
    },
    {
      ...{ name: 'a tag', languageId: 'html' },
      document: '<div>\n  <p>a</p>\n  ¦\n</div>\n',
      raw: '</div>',
      want: '<div>\n  <p>a</p>\n  \n</div>\n',
      multiLine: true,
    },
    {
      ...{ name: 'a fence behind the last bracket', languageId: 'javascript' },
      document: 'function f() {\n  return 1;\n¦',
      raw: '}\n```',
      want: 'function f() {\n  return 1;\n}',
      multiLine: true,
    },
  ]);
});

describe('closing lines that are owed stay', () => {
  test([
    {
      ...{ name: 'of the inner block', languageId: 'ruby' },
      document: 'def a\n  if x\n    y\n  ¦\nend\n',
      raw: 'end',
      want: 'def a\n  if x\n    y\n  end\nend\n',
    },
    {
      ...{ name: 'of the inner tag', languageId: 'html' },
      document: '<div>\n  <div>\n    a\n  ¦\n</div>\n',
      raw: '</div>',
      want: '<div>\n  <div>\n    a\n  </div>\n</div>\n',
    },
    {
      ...{ name: 'of nested loops', languageId: 'lua' },
      document: 'for _, row in ipairs(rows) do¦\nreturn count\n',
      raw: '\n  for _, cell in ipairs(row) do\n    if cell then\n      count = count + 1\n    end\n  end\nend',
      want: 'for _, row in ipairs(rows) do\n  for _, cell in ipairs(row) do\n    if cell then\n      count = count + 1\n    end\n  end\nend\nreturn count\n',
      multiLine: true,
    },
    {
      ...{ name: 'of conditions at the margin', languageId: 'makefile' },
      document: 'ifdef A\nifdef B\nc = 1\n¦\nendif\n',
      raw: 'endif',
      want: 'ifdef A\nifdef B\nc = 1\nendif\nendif\n',
    },
    {
      ...{ name: 'behind a blank line', languageId: 'java' },
      document: 'class A {\n    void f() {¦\n}\n',
      raw: '\n\n    }',
      want: 'class A {\n    void f() {\n\n    }\n}\n',
      multiLine: true,
    },
  ]);
});

describe('the next line decides what can end a line', () => {
  test([
    {
      ...{ name: 'an increment before a bracket', languageId: 'javascript' },
      document: 'f(() => {\n  other.n¦\n})\n',
      raw: '++',
      want: 'f(() => {\n  other.n++\n})\n',
    },
    {
      ...{ name: 'an import before a selector', languageId: 'css' },
      document: '@import "theme¦\n\n.page { }\n',
      raw: '.css";',
      want: '@import "theme.css";\n\n.page { }\n',
    },
    {
      ...{ name: 'one selector before another', languageId: 'css' },
      document: '.a¦\n.b { }\n',
      raw: ' > .c,',
      want: '.a > .c,\n.b { }\n',
    },
    {
      ...{ name: 'a selector in the style of a component', languageId: 'vue' },
      document: '<style>\n.a¦\n.b { }\n</style>\n',
      raw: ',',
      want: '<style>\n.a,\n.b { }\n</style>\n',
    },
    {
      ...{ name: 'a field of an initializer', languageId: 'c' },
      document: 's = (S) {\n  .a = ¦\n  .b = 2,\n};\n',
      raw: '1,',
      want: 's = (S) {\n  .a = 1,\n  .b = 2,\n};\n',
    },
    {
      ...{ name: 'an element of a list', languageId: 'swift' },
      document: 'targets: [\n  .target(name: ¦\n  .target(name: "b")\n]\n',
      raw: '"a"),',
      want: 'targets: [\n  .target(name: "a"),\n  .target(name: "b")\n]\n',
    },
    {
      ...{ name: 'a chain', languageId: 'javascript' },
      document: 'promise\n  .then(a¦\n  .then(b)\n',
      raw: ');',
      want: 'promise\n  .then(a)\n  .then(b)\n',
    },
    {
      ...{ name: 'the parameters of a closure', languageId: 'swift' },
      document: 'let b = xs.map¦\n  y + 2\n}\n',
      raw: ' { y in',
      want: 'let b = xs.map { y in\n  y + 2\n}\n',
    },
    {
      ...{ name: 'a macro over lines', languageId: 'c' },
      document: '#define F(x) do¦\n    g(x); \\\n}\n',
      raw: ' { \\',
      want: '#define F(x) do { \\\n    g(x); \\\n}\n',
    },
    {
      ...{ name: 'a comment behind an opener', languageId: 'typescript' },
      document: 'if (ready¦\n  run();\n}\n',
      raw: ') { // now',
      want: 'if (ready) { // now\n  run();\n}\n',
    },
    {
      ...{ name: 'a list of words', languageId: 'cmake' },
      document: 'file¦\n    a.cpp\n    b.cpp\n)\n',
      raw: '(GLOB SOURCES',
      want: 'file(GLOB SOURCES\n    a.cpp\n    b.cpp\n)\n',
    },
    {
      ...{ name: 'the head of a loop', languageId: 'c' },
      document: 'for (a = 0;¦\n     a++) {\n',
      raw: ' a < 3;',
      want: 'for (a = 0; a < 3;\n     a++) {\n',
    },
    {
      ...{ name: 'a pattern of a case', languageId: 'shellscript' },
      document: 'case $1 in\n  *.m¦\n    show ;;\nesac\n',
      raw: 'd)',
      want: 'case $1 in\n  *.md)\n    show ;;\nesac\n',
    },
  ]);
});

describe('lines that differ are no repetition, and lines that agree are', () => {
  test([
    {
      ...{ name: 'a negation', languageId: 'c' },
      document: '    ok = add(set, 4); ¦\n    ok = add(set, 4); assert(!ok);\n',
      raw: 'assert(ok);',
      want: '    ok = add(set, 4); assert(ok);\n    ok = add(set, 4); assert(!ok);\n',
    },
    {
      ...{ name: 'a comparison the other way round', languageId: 'c' },
      document: '  if (a.id ¦\n  if (a.id > b.id) return 1;\n',
      raw: '< b.id) return -1;',
      want: '  if (a.id < b.id) return -1;\n  if (a.id > b.id) return 1;\n',
    },
    {
      ...{ name: 'two of three next lines', languageId: 'kotlin' },
      document: '  val total = sum(items)\n  ¦\n  show(total, items)\n  save(total, file)\n  close()\n',
      raw: 'show(total, items)\n  save(total, file)\n  return total',
      want: '  val total = sum(items)\n  \n  show(total, items)\n  save(total, file)\n  close()\n',
      multiLine: true,
    },
  ]);
});

describe('loops and rules', () => {
  test([
    {
      ...{ name: 'the rule of a table', languageId: 'markdown' },
      document: '| a | b | c | d | e | f |\n¦\n',
      raw: '|---|---|---|---|---|---|',
      want: '| a | b | c | d | e | f |\n|---|---|---|---|---|---|\n',
    },
    {
      ...{ name: 'the underline of a title', languageId: 'restructuredtext' },
      document: 'Section Two Of Three\n-¦\n',
      raw: '-------------------',
      want: 'Section Two Of Three\n--------------------\n',
    },
    {
      ...{ name: 'a ruler of a comment', languageId: 'javascript' },
      document: '// ===¦\n// Part\n',
      raw: '====================',
      want: '// =======================\n// Part\n',
    },
    {
      ...{ name: 'nothing but one letter', languageId: 'plaintext' },
      document: '¦\n',
      raw: 'a'.repeat(500),
      want: '\n',
    },
    {
      ...{ name: 'a rule without end', languageId: 'plaintext' },
      document: '¦\n',
      raw: '-'.repeat(500),
      want: '\n',
    },
    {
      ...{ name: 'brackets that are owed', languageId: 'scheme' },
      document: '(((((((((((((((a¦\n',
      raw: ')))))))))))))))',
      want: '(((((((((((((((a)))))))))))))))\n',
    },
  ]);
});

describe('what nobody sees is not offered', () => {
  test([
    ...['\ufffd', '\u200b', '\u202e', '\u0007', '\u200d', '\ufeff'].map((character) => ({
      ...{ name: `U+${character.charCodeAt(0).toString(16)}`, languageId: 'plaintext' },
      document: 'caf¦\n',
      raw: character,
      want: 'caf\n',
    })),
    {
      ...{ name: 'behind what is seen', languageId: 'python' },
      document: 'a = ¦\n',
      raw: '"x\u202e"',
      want: 'a = "x\n',
    },
    {
      ...{ name: 'but joiners of emoji are', languageId: 'markdown' },
      document: '- ¦\n',
      raw: '👩\u200d🚀 astronaut',
      want: '- 👩\u200d🚀 astronaut\n',
    },
    {
      ...{ name: 'and those of words', languageId: 'markdown' },
      document: 'می¦\n',
      raw: '\u200cخواهم',
      want: 'می\u200cخواهم\n',
    },
  ]);
});

describe('what is unfinished is cut back', () => {
  test([
    {
      ...{ name: 'a last line at the token limit', languageId: 'json' },
      document: '{\n  ¦\n}\n',
      raw: '"license": "MIT",\n  "lock": "r-[123456',
      want: '{\n  "license": "MIT",\n}\n',
      ...{ multiLine: true, stopReason: 'max tokens' },
    },
    {
      ...{ name: 'a whole line at the token limit stays', languageId: 'json' },
      document: '{\n  ¦\n}\n',
      raw: '"license": "MIT",\n  "main": "a.js"\n',
      want: '{\n  "license": "MIT",\n  "main": "a.js"\n}\n',
      ...{ multiLine: true, stopReason: 'max tokens' },
    },
    {
      ...{ name: 'a block that nothing closes', languageId: 'go' },
      document: 'func f() error {\n\t¦\n}\n',
      raw: 'err := g()\n\tif err != nil {\n\t\treturn err',
      want: 'func f() error {\n\terr := g()\n}\n',
      multiLine: true,
    },
    {
      ...{ name: 'a string over lines', languageId: 'python' },
      document: 'def f():\n    ¦\n',
      raw: 'a = 1\n    b = """\n    Write text to',
      want: 'def f():\n    a = 1\n',
      multiLine: true,
    },
    {
      ...{ name: 'one line of a block', languageId: 'go' },
      document: 'func f() error {\n\t¦\n}\n',
      raw: 'if err != nil {\n\t\treturn',
      want: 'func f() error {\n\tif err != nil {\n}\n',
      multiLine: true,
    },
  ]);
});

describe('a completion before text joins it or is nothing', () => {
  test([
    {
      ...{ name: 'sentences', languageId: 'markdown' },
      document: '1. Enter.\n¦2. Walk in.\n',
      raw: '2. Open the door to the room.',
      want: '1. Enter.\n2. Walk in.\n',
    },
    {
      ...{ name: 'statements', languageId: 'javascript' },
      document: '¦next();\n',
      raw: 'first();',
      want: 'next();\n',
    },
    {
      ...{ name: 'words', languageId: 'javascript' },
      document: 'return ¦value;\n',
      raw: 'other',
      want: 'return value;\n',
    },
    {
      ...{ name: 'an operand', languageId: 'javascript' },
      document: 'return ¦value;\n',
      raw: 'other + ',
      want: 'return other + value;\n',
    },
    {
      ...{ name: 'a word before a word', languageId: 'markdown' },
      document: 'the ¦fox\n',
      raw: 'quick ',
      want: 'the quick fox\n',
    },
  ]);
});

describe('comments that say nothing', () => {
  test([
    { name: 'a lone mark', languageId: 'python', document: 'a = 1\n¦\nb = 2\n', raw: '#', want: 'a = 1\n\nb = 2\n' },
    {
      ...{ name: 'a mark inside of a paragraph', languageId: 'python' },
      document: '# One.\n¦\n# Two.\n',
      raw: '#',
      want: '# One.\n#\n# Two.\n',
    },
    {
      ...{ name: 'a notice that the user began', languageId: 'go' },
      document: '// Copyright (c¦\npackage a\n',
      raw: ') 2024 Me. All rights reserved.',
      want: '// Copyright (c) 2024 Me. All rights reserved.\npackage a\n',
    },
  ]);
});
