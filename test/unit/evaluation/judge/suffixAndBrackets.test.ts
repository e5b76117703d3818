import { describe, expect, it } from 'vitest';
import { bracketBalance, unbalancesBrackets } from '../../../../src/evaluation/judge/unbalancedBrackets';
import { duplicatesSuffix } from '../../../../src/evaluation/judge/duplicatedSuffix';
import type { EvaluationCase } from '../../../../src/evaluation/suite/suite';

function caseOf(prefix: string, expected: string, suffix: string, language = 'typescript'): EvaluationCase {
  return { id: 'one', path: 'a.ts', language, prefix, expected, suffix };
}

describe('duplicatesSuffix', () => {
  const call = caseOf('  send(', 'message', ');\n  close();\n');

  it.each([
    ['message', false],
    ['message);', true],
    ['message)', true],
    ['render(message)', false],
    ['message, {', false],
    ['', false],
    ['   ', false],
  ])('in the arguments of a call, %j: %j', (completion, duplicate) => {
    expect(duplicatesSuffix(call, completion)).toBe(duplicate);
  });

  it.each([
    ['close();', true],
    ['open();\n  close();', true],
    ['open();', false],
    ['close(); // all', false],
  ])('before a line that is there already, %j: %j', (completion, duplicate) => {
    expect(duplicatesSuffix(caseOf('{\n  ', 'open();', '\n\n  close();\n}\n'), completion)).toBe(duplicate);
  });

  it('sees a line that was begun before the caret', () => {
    expect(duplicatesSuffix(caseOf('  clo', 'se(first);', '\n  close();\n'), 'se();')).toBe(true);
  });

  it('does not blame a completion for what the real text repeats', () => {
    expect(duplicatesSuffix(caseOf('  ', 'step();', '\n  step();\n'), 'step();')).toBe(false);
  });

  it('does not count a lone closing bracket as the next line', () => {
    expect(duplicatesSuffix(caseOf('  if (a) ', '{', '\n  }\n}\n'), '{\n  }')).toBe(false);
  });

  it.each([
    ["hello'", true],
    ["hello')", true],
    ["hello' + f('you')", true],
    ['hello', false],
    ["' + name + '", false],
  ])('inside a quote that is closed already, %j: %j', (completion, duplicate) => {
    expect(duplicatesSuffix(caseOf("  log('", 'hello', "');\n"), completion)).toBe(duplicate);
  });

  it('sees words of the rest of the line, but no single letter by chance', () => {
    const rest = caseOf('const total = ', 'price', ' * amount;\n');
    expect(duplicatesSuffix(rest, 'price * amount;')).toBe(true);
    expect(duplicatesSuffix(rest, 'price *')).toBe(false);
    expect(duplicatesSuffix(caseOf('x = ', 'b', ' and a\n'), 'a')).toBe(false);
  });
});

describe('bracketBalance', () => {
  it.each([
    ['f(a[0], {b})', '', ''],
    ['a) + [b', ')', '['],
    ['})({', '})', '({'],
    ['(]', ']', '('],
    ['f("(", \'[\', `{`)', '', ''],
    ['"a \\" ("', '', ''],
    ['"open (\nf(', '', '('],
    ['`${\n(`', '', ''],
  ])('of %j leaves %j unopened and %j unclosed', (text, unopened, unclosed) => {
    expect(bracketBalance(text, 'typescript')).toEqual({ unopened, unclosed });
  });

  it('knows that an apostrophe is a lifetime in Rust and a letter in prose', () => {
    expect(bracketBalance("fn f<'a>(x: &'a str", 'rust').unclosed).toBe('(');
    expect(bracketBalance("don't (", 'plaintext').unclosed).toBe('(');
    expect(bracketBalance("x = '(", 'python').unclosed).toBe('');
  });
});

describe('unbalancesBrackets', () => {
  it.each([
    ['b, c);', false],
    ['other);', false],
    ['other)', false],
    ['b, c', true],
    ['b, c));', true],
    ['b, () => {', true],
    ['b);\n  if (c) {\n  }', false],
  ])('after an open call, %j: %j', (completion, unbalanced) => {
    expect(unbalancesBrackets(caseOf('  f(a, ', 'b, c);', '\n'), completion)).toBe(unbalanced);
  });

  it('leaves brackets in a string that the caret stands in alone', () => {
    expect(unbalancesBrackets(caseOf('  log("', 'a (b");', '\n'), 'x");')).toBe(false);
    expect(unbalancesBrackets(caseOf('  log("', 'a (b");', '\n'), 'x"));')).toBe(true);
  });
});
