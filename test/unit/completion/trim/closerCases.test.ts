import { describe } from 'vitest';
import { testGoldenCases } from '../../../support/goldenCases';

describe('closers that the editor typed come out once', () => {
  testGoldenCases([
    [
      'go',
      'a string in braces, inside of a block',
      'func names() []string {\n\treturn []string{"al¦"}\n}\n',
      'ice"}',
      'func names() []string {\n\treturn []string{"alice"}\n}\n',
    ],
    [
      'typescript',
      'a callback whose body is on later lines',
      'source.forEach((value, ¦)\n  use(value, index);\n});\n',
      'index) => {',
      'source.forEach((value, index) => {\n  use(value, index);\n});\n',
    ],
    [
      'go',
      'the inner one of two brackets, the outer one closed below',
      '\twalk(func(node, par¦)\n\t\tuse(node)\n\t})\n',
      'ent *Node) bool {',
      '\twalk(func(node, parent *Node) bool {\n\t\tuse(node)\n\t})\n',
    ],
    [
      'cpp',
      'a quote in a comment, with words behind it',
      '// Between "the¦"\nint x;\n',
      ' fox" and "the who"',
      '// Between "the fox" and "the who"\nint x;\n',
    ],
    [
      'swift',
      'a backtick in a comment',
      '// Inherits from `UIRes¦`\nlet a = 1\n',
      'ponder` and has an initializer.',
      '// Inherits from `UIResponder` and has an initializer.\nlet a = 1\n',
    ],
    [
      'json',
      'a bracket inside a string',
      '{\n  "description": "The name (some ty¦)"\n}\n',
      'pes have none)."',
      '{\n  "description": "The name (some types have none)."\n}\n',
    ],
    [
      'c',
      'a quote before a bracket that the string opens for show',
      '  printf("(unexp¦")\n}\n',
      'ected ");',
      '  printf("(unexpected ");\n}\n',
    ],
    [
      'yaml',
      'a template in a quoted value',
      'name: "{{ \'key¦\'}}"\n',
      "' | vault('password') }}\"",
      "name: \"{{ 'key' | vault('password') }}\"\n",
    ],
    ['lua', 'quotes of a table inside a call', 'foo({ name = "a¦"})\nend\n', 'nna"})', 'foo({ name = "anna"})\nend\n'],
    ['rust', 'a character literal', '    assert!(is_digit(b¦))\n}\n', "':'));", "    assert!(is_digit(b':'));\n}\n"],
    [
      'python',
      'an expression in an f-string',
      'error = f"{escape(str(trace¦))}"\n',
      'back))}"',
      'error = f"{escape(str(traceback))}"\n',
    ],
    [
      'markdown',
      'a link with code in it',
      'See [`client.¦`]\n',
      'stats`][] for more.',
      'See [`client.stats`][] for more.\n',
    ],
    ['javascript', 'a closer that the text lacks', 'log(format("¦"))\n', 'hello', 'log(format("hello"))\n'],
    ['javascript', 'the closer that an outer bracket needs', 'f(g(a¦)\n', ')', 'f(g(a))\n'],
    [
      'markdown',
      'an address in angle brackets',
      'See <https://¦>\n',
      'a.org> and <b>.',
      'See <https://a.org> and <b>.\n',
    ],
    ['html', 'a tag', '<p>¦</p>\n', 'a <b>b</b></p>', '<p>a <b>b</b></p>\n'],
    ['typescriptreact', 'a tag before more', '<li>¦</li></ul>\n', 'a</li><li>b', '<li>a</li></ul>\n'],
  ]);
});

describe('a rest of the line that goes on after its closers stays', () => {
  testGoldenCases([
    ['javascript', 'the condition of a block', 'if (¦) {\n}\n', 'x > 1) return;', 'if (x > 1) {\n}\n'],
    ['python', 'parameters before a colon', 'def f(¦):\n    pass\n', 'a) -> int:', 'def f(a):\n    pass\n'],
    [
      'html',
      'an attribute before the end of its tag',
      '<a href="¦">\n',
      'index.html">Home</a>',
      '<a href="index.html">\n',
    ],
    [
      'typescript',
      'parameters before an arrow',
      'const f = (¦) => x\n',
      'x: number) => x',
      'const f = (x: number) => x\n',
    ],
    [
      'typescript',
      'names before where they come from',
      'import { ¦ } from "x"\n',
      'a } from "y"',
      'import { a } from "x"\n',
    ],
    ['markdown', 'the rest of a table row inside a word', '| Not ¦qual|x|\n', 'equal|x|', '| Not equal|x|\n'],
  ]);
});

describe('closing lines that the document has already', () => {
  testGoldenCases([
    [
      'rust',
      'brackets of a call over lines',
      'fn f() {\n    check(\n        "a",\n        ¦\n    );\n}\n',
      ');\n    }',
      'fn f() {\n    check(\n        "a",\n        \n    );\n}\n',
      { multiLine: true },
    ],
    [
      'javascript',
      'after a whole statement',
      'it("a", () => {\n  b();\n  ¦\n});\n',
      'c();\n});',
      'it("a", () => {\n  b();\n  c();\n});\n',
      { multiLine: true },
    ],
    [
      'ruby',
      'a word',
      'def a\n  if x\n    y\n    ¦\n  end\nend\n',
      'end',
      'def a\n  if x\n    y\n    \n  end\nend\n',
      { multiLine: true },
    ],
    [
      'cmake',
      'a word with brackets',
      'if(A)\n  set(B c)\n  ¦\nendif()\n',
      'endif()',
      'if(A)\n  set(B c)\n  \nendif()\n',
      { multiLine: true },
    ],
    [
      'shellscript',
      'a clause inside its case',
      'case $1 in\n  start)\n    run ;;\n    ¦\nesac\n',
      'esac',
      'case $1 in\n  start)\n    run ;;\n    \nesac\n',
      { multiLine: true },
    ],
    [
      'html',
      'a tag',
      '<div>\n  <p>a</p>\n  ¦\n</div>\n',
      '</div>',
      '<div>\n  <p>a</p>\n  \n</div>\n',
      { multiLine: true },
    ],
    [
      'javascript',
      'a fence behind the last bracket',
      'function f() {\n  return 1;\n¦',
      '}\n```',
      'function f() {\n  return 1;\n}',
      { multiLine: true },
    ],
  ]);
});

describe('closing lines that are owed stay', () => {
  testGoldenCases([
    ['ruby', 'of the inner block', 'def a\n  if x\n    y\n  ¦\nend\n', 'end', 'def a\n  if x\n    y\n  end\nend\n'],
    [
      'html',
      'of the inner tag',
      '<div>\n  <div>\n    a\n  ¦\n</div>\n',
      '</div>',
      '<div>\n  <div>\n    a\n  </div>\n</div>\n',
    ],
    [
      'lua',
      'of nested loops',
      'for _, row in ipairs(rows) do¦\nreturn count\n',
      '\n  for _, cell in ipairs(row) do\n    if cell then\n      count = count + 1\n    end\n  end\nend',
      'for _, row in ipairs(rows) do\n  for _, cell in ipairs(row) do\n    if cell then\n      count = count + 1\n    end\n  end\nend\nreturn count\n',
      { multiLine: true },
    ],
    [
      'makefile',
      'of conditions at the margin',
      'ifdef A\nifdef B\nc = 1\n¦\nendif\n',
      'endif',
      'ifdef A\nifdef B\nc = 1\nendif\nendif\n',
    ],
    [
      'java',
      'behind a blank line',
      'class A {\n    void f() {¦\n}\n',
      '\n\n    }',
      'class A {\n    void f() {\n\n    }\n}\n',
      { multiLine: true },
    ],
  ]);
});
