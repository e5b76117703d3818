import { describe } from 'vitest';
import { type GoldenCase, testGoldenCases } from '../../../support/goldenCases';

describe('loops and rules', () => {
  testGoldenCases([
    [
      'markdown',
      'the rule of a table',
      '| a | b | c | d | e | f |\n¦\n',
      '|---|---|---|---|---|---|',
      '| a | b | c | d | e | f |\n|---|---|---|---|---|---|\n',
    ],
    [
      'restructuredtext',
      'the underline of a title',
      'Section Two Of Three\n-¦\n',
      '-------------------',
      'Section Two Of Three\n--------------------\n',
    ],
    [
      'javascript',
      'a ruler of a comment',
      '// ===¦\n// Part\n',
      '====================',
      '// =======================\n// Part\n',
    ],
    ['plaintext', 'nothing but one letter', '¦\n', 'a'.repeat(500), '\n'],
    ['plaintext', 'a rule without end', '¦\n', '-'.repeat(500), '\n'],
    ['scheme', 'brackets that are owed', '(((((((((((((((a¦\n', ')))))))))))))))', '(((((((((((((((a)))))))))))))))\n'],
  ]);
});

describe('what nobody sees is not offered', () => {
  testGoldenCases([
    ...['\ufffd', '\u200b', '\u202e', '\u0007', '\u200d', '\ufeff'].map((character): GoldenCase => [
      'plaintext',
      `U+${character.charCodeAt(0).toString(16)}`,
      'caf¦\n',
      character,
      'caf\n',
    ]),
    ['python', 'behind what is seen', 'a = ¦\n', '"x\u202e"', 'a = "x\n'],
    ['markdown', 'but joiners of emoji are', '- ¦\n', '👩\u200d🚀 astronaut', '- 👩\u200d🚀 astronaut\n'],
    ['markdown', 'and those of words', 'می¦\n', '\u200cخواهم', 'می\u200cخواهم\n'],
  ]);
});

describe('a completion before text joins it or is nothing', () => {
  testGoldenCases([
    ['markdown', 'sentences', '1. Enter.\n¦2. Walk in.\n', '2. Open the door to the room.', '1. Enter.\n2. Walk in.\n'],
    ['javascript', 'statements', '¦next();\n', 'first();', 'next();\n'],
    ['javascript', 'words', 'return ¦value;\n', 'other', 'return value;\n'],
    ['javascript', 'an operand', 'return ¦value;\n', 'other + ', 'return other + value;\n'],
    ['markdown', 'a word before a word', 'the ¦fox\n', 'quick ', 'the quick fox\n'],
  ]);
});

describe('comments that say nothing', () => {
  testGoldenCases([
    ['python', 'a lone mark', 'a = 1\n¦\nb = 2\n', '#', 'a = 1\n\nb = 2\n'],
    ['python', 'a mark inside of a paragraph', '# One.\n¦\n# Two.\n', '#', '# One.\n#\n# Two.\n'],
    [
      'go',
      'a notice that the user began',
      '// Copyright (c¦\npackage a\n',
      ') 2024 Me. All rights reserved.',
      '// Copyright (c) 2024 Me. All rights reserved.\npackage a\n',
    ],
  ]);
});
