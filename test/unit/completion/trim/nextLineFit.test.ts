import { describe, expect, it } from 'vitest';
import { fitToNextLine } from '../../../../src/completion/trim/nextLineFit';

describe('nextLineFit', () => {
  // Failures of the bundled model on the tuning suite, shortened.
  it.each([
    [
      'rust',
      '            .do',
      'wncast_mut::<T>();',
      '\n            .expect("must be the body");',
      'wncast_mut::<T>()',
    ],
    ['javascript', '\t\t\t: parentDom.fir', 'stChild,', '\n\t\t\t\t? slice.call(parentDom)', 'stChild'],
    ['javascript', 'ok = a', ';', '\n  && b;', ''],
    ['javascript', '  isSameLine(left, ', 'right) &&', '\n) {', 'right)'],
    ['javascript', '  throw new ', 'Error(base);', '\n    `${base}`,\n  );', 'Error('],
    ['javascript', 'const modes = new ', "Set(['with', 'select']);", '\n  mode.share,\n  mode.update,\n]);', 'Set(['],
    ['rust', '      ', 'Ok((&b""[..], -1)', '\n        &b""[..],\n        -17\n      ))', 'Ok(('],
    ['rust', '    ', 'assert_eq!(result, Ok(8));', '\n      result,\n      Err(8)\n    );', 'assert_eq!('],
    ['python', 'value = ', 'call(first)', '\n    first,\n    second,\n)', 'call('],
  ])('cuts what the next line cannot go on from: %s %j %j', (languageId, prefix, text, suffix, expected) => {
    expect(fitToNextLine(text, prefix, suffix, languageId)).toBe(expected);
    const crlf = suffix.replaceAll('\n', '\r\n');
    expect(fitToNextLine(text, `first();\n${prefix}`, crlf, languageId)).toBe(expected);
  });

  it.each([
    ['a block that is opened', 'javascript', 'if (', 'a) {', '\n  b();\n}'],
    ['arguments that go on', 'javascript', 'f(', 'a,', '\n  b,\n);'],
    ['an object in a call', 'javascript', 'f(', 'a, {', '\n  b,\n});'],
    [
      'a bracket of an earlier line closed together with one of this line',
      'javascript',
      '  b, ',
      '{',
      '\n    c,\n  });',
    ],
    ['a statement before one of the same depth', 'javascript', '', 'f(a);', '\ng(b);'],
    ['the last statement of a block', 'javascript', '  ', 'f(a);', '\n}'],
    ['a python block', 'python', 'if ', 'a:', '\n    b()\nc()'],
    ['the last line of the document', 'javascript', '', 'f(a);', ''],
    ['a line with closers behind the caret', 'javascript', 'f(', 'a;', ');\n  .b'],
    ['several lines', 'javascript', '', 'f(a);\ng();', '\n  .then(b)'],
    ['a line before a range', 'rust', 'let a = ', 'b,', '\n..rest'],
  ])('leaves %s', (_, languageId, prefix, text, suffix) => {
    expect(fitToNextLine(text, prefix, suffix, languageId)).toBe(text);
  });

  it('ignores brackets in strings', () => {
    expect(fitToNextLine('log("(");', '', '\n  a,\n)', 'javascript')).toBe('log(');
    expect(fitToNextLine('a = "(";', '', '\n  a,\n)', 'javascript')).toBe('a = "(";');
  });
});
