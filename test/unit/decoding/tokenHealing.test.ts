import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { constrainToTypedText, TypedText } from '../../../src/decoding/tokenHealing';
import { Vocabulary } from '../../../src/decoding/vocabulary';

const texts = [
  'con',
  'console',
  'c',
  'x',
  '\n',
  '\n  ',
  '\n    ',
  '\n      ',
  '\n    return',
  ' ',
  '  ',
  '    ',
  ' return',
  '\n\n',
  '\t',
];
const vocabulary = new Vocabulary(['', ...texts]);
const logits = Float32Array.from({ length: vocabulary.size }, (_, id) => id);

function allowedTexts(typed: TypedText): string[] {
  const constrained = constrainToTypedText(logits, typed, vocabulary);
  constrained.forEach((logit, id) => expect([logits[id], -Infinity]).toContain(logit));
  return texts.filter((_, i) => constrained[i + 1]! > -Infinity);
}

describe('constrainToTypedText', () => {
  it('keeps the logits of beginnings and continuations of the typed text, and nothing else', () => {
    expect(allowedTexts(new TypedText('con'))).toEqual(['con', 'console', 'c']);
    expect(allowedTexts(new TypedText('y'))).toEqual([]);
  });

  it('returns the logits themselves once the typed text is used up', () => {
    const typed = new TypedText('con').after('console');
    expect(typed.isConsumed).toBe(true);
    expect(constrainToTypedText(logits, typed, vocabulary)).toBe(logits);
  });

  it('takes typed indentation as it is: nothing deeper, no other blank line', () => {
    expect(allowedTexts(new TypedText('\n  '))).toEqual(['\n', '\n  ']);
    expect(allowedTexts(new TypedText('\n    '))).toEqual(['\n', '\n  ', '\n    ', '\n    return']);
  });

  it('takes typed indentation as it is also when it is made of several tokens', () => {
    expect(allowedTexts(new TypedText('\n    ').after('\n'))).toEqual([' ', '  ', '    ']);
    expect(allowedTexts(new TypedText('\n   ').after('\n  '))).toEqual([' ', ' return']);
  });

  it('leaves blanks that are no indentation free to grow', () => {
    expect(allowedTexts(new TypedText(' '))).toEqual([' ', '  ', '    ', ' return']);
    expect(allowedTexts(new TypedText('\n'))).toEqual(['\n', '\n  ', '\n    ', '\n      ', '\n    return', '\n\n']);
  });

  it('counts overlaps so that pushed tokens add up to the typed text', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string({ minLength: 1, maxLength: 4 })), (left, tokens) => {
        let typed = new TypedText(left);
        let overlap = 0;
        for (const token of tokens) {
          overlap += typed.overlapWith(token);
          typed = typed.after(token);
        }
        expect(overlap + typed.left.length).toBe(left.length);
        expect(typed.isConsumed).toBe(overlap === left.length);
      }),
    );
  });
});
