import { describe } from 'vitest';
import { testGoldenCases } from '../../../support/goldenCases';

describe('the next line decides what can end a line', () => {
  testGoldenCases([
    [
      'javascript',
      'an increment before a bracket',
      'f(() => {\n  other.n¦\n})\n',
      '++',
      'f(() => {\n  other.n++\n})\n',
    ],
    [
      'css',
      'an import before a selector',
      '@import "theme¦\n\n.page { }\n',
      '.css";',
      '@import "theme.css";\n\n.page { }\n',
    ],
    ['css', 'one selector before another', '.a¦\n.b { }\n', ' > .c,', '.a > .c,\n.b { }\n'],
    [
      'vue',
      'a selector in the style of a component',
      '<style>\n.a¦\n.b { }\n</style>\n',
      ',',
      '<style>\n.a,\n.b { }\n</style>\n',
    ],
    [
      'c',
      'a field of an initializer',
      's = (S) {\n  .a = ¦\n  .b = 2,\n};\n',
      '1,',
      's = (S) {\n  .a = 1,\n  .b = 2,\n};\n',
    ],
    [
      'swift',
      'an element of a list',
      'targets: [\n  .target(name: ¦\n  .target(name: "b")\n]\n',
      '"a"),',
      'targets: [\n  .target(name: "a"),\n  .target(name: "b")\n]\n',
    ],
    ['javascript', 'a chain', 'promise\n  .then(a¦\n  .then(b)\n', ');', 'promise\n  .then(a)\n  .then(b)\n'],
    [
      'swift',
      'the parameters of a closure',
      'let b = xs.map¦\n  y + 2\n}\n',
      ' { y in',
      'let b = xs.map { y in\n  y + 2\n}\n',
    ],
    [
      'c',
      'a macro over lines',
      '#define F(x) do¦\n    g(x); \\\n}\n',
      ' { \\',
      '#define F(x) do { \\\n    g(x); \\\n}\n',
    ],
    [
      'typescript',
      'a comment behind an opener',
      'if (ready¦\n  run();\n}\n',
      ') { // now',
      'if (ready) { // now\n  run();\n}\n',
    ],
    [
      'cmake',
      'a list of words',
      'file¦\n    a.cpp\n    b.cpp\n)\n',
      '(GLOB SOURCES',
      'file(GLOB SOURCES\n    a.cpp\n    b.cpp\n)\n',
    ],
    ['c', 'the head of a loop', 'for (a = 0;¦\n     a++) {\n', ' a < 3;', 'for (a = 0; a < 3;\n     a++) {\n'],
    [
      'shellscript',
      'a pattern of a case',
      'case $1 in\n  *.m¦\n    show ;;\nesac\n',
      'd)',
      'case $1 in\n  *.md)\n    show ;;\nesac\n',
    ],
  ]);
});

describe('lines that differ are no repetition, and lines that agree are', () => {
  testGoldenCases([
    [
      'c',
      'a negation',
      '    ok = add(set, 4); ¦\n    ok = add(set, 4); assert(!ok);\n',
      'assert(ok);',
      '    ok = add(set, 4); assert(ok);\n    ok = add(set, 4); assert(!ok);\n',
    ],
    [
      'c',
      'a comparison the other way round',
      '  if (a.id ¦\n  if (a.id > b.id) return 1;\n',
      '< b.id) return -1;',
      '  if (a.id < b.id) return -1;\n  if (a.id > b.id) return 1;\n',
    ],
    [
      'kotlin',
      'two of three next lines',
      '  val total = sum(items)\n  ¦\n  show(total, items)\n  save(total, file)\n  close()\n',
      'show(total, items)\n  save(total, file)\n  return total',
      '  val total = sum(items)\n  \n  show(total, items)\n  save(total, file)\n  close()\n',
      { multiLine: true },
    ],
  ]);
});

describe('what is unfinished is cut back', () => {
  testGoldenCases([
    [
      'json',
      'a last line at the token limit',
      '{\n  ¦\n}\n',
      '"license": "MIT",\n  "lock": "r-[123456',
      '{\n  "license": "MIT",\n}\n',
      { multiLine: true, stopReason: 'max tokens' },
    ],
    [
      'json',
      'a whole line at the token limit stays',
      '{\n  ¦\n}\n',
      '"license": "MIT",\n  "main": "a.js"\n',
      '{\n  "license": "MIT",\n  "main": "a.js"\n}\n',
      { multiLine: true, stopReason: 'max tokens' },
    ],
    [
      'go',
      'a block that nothing closes',
      'func f() error {\n\t¦\n}\n',
      'err := g()\n\tif err != nil {\n\t\treturn err',
      'func f() error {\n\terr := g()\n}\n',
      { multiLine: true },
    ],
    [
      'python',
      'a string over lines',
      'def f():\n    ¦\n',
      'a = 1\n    b = """\n    Write text to',
      'def f():\n    a = 1\n',
      { multiLine: true },
    ],
    [
      'go',
      'one line of a block',
      'func f() error {\n\t¦\n}\n',
      'if err != nil {\n\t\treturn',
      'func f() error {\n\tif err != nil {\n}\n',
      { multiLine: true },
    ],
  ]);
});
