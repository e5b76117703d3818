import { describe, expect, it } from 'vitest';
import { forgottenParts, rememberedParts } from '../../../src/protocol/rememberedParts';

const texts = (text: string, caret: number) => {
  const [behind, before] = rememberedParts('a.py', text, caret);
  return [before!.text, behind!.text];
};

describe('rememberedParts', () => {
  it('leaves out the line at the caret, wherever the caret is in it', () => {
    const text = 'one\ntwo\nthree\n';
    for (const caret of [4, 5, 7]) expect(texts(text, caret)).toEqual(['one\n', 'three\n']);
    for (const caret of [0, 3]) expect(texts(text, caret)).toEqual(['', 'two\nthree\n']);
    expect(texts(text, text.length)).toEqual([text, '']);
    expect(texts('\n\n', 0)).toEqual(['', '\n']);
    expect(texts('', 0)).toEqual(['', '']);
    expect(texts('all on one line', 6)).toEqual(['', '']);
  });

  it('is a whole file where nobody writes, and forgets what was behind the caret', () => {
    expect(rememberedParts('a.py', 'one\n')).toEqual([
      { name: 'a.py, behind the caret' },
      { name: 'a.py', text: 'one\n' },
    ]);
  });

  it('forgets every part that it names', () => {
    const named = (parts: { name: string }[]) => parts.map(({ name }) => name);
    expect(named(forgottenParts('a.py'))).toEqual(named(rememberedParts('a.py', 'one\n', 2)));
  });
});
