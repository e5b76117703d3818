import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { trimCompletion } from '../../../../src/completion/trim/trimCompletion';

/** A line in pieces; the opener and the closer of a pair share its number. */
interface Piece {
  readonly text: string;
  readonly opens?: number;
  readonly closes?: number;
}

type Node = { readonly text: string } | { readonly pair: readonly [string, string]; readonly inner: readonly Node[] };

const plain = fc.constantFrom('a', 'foo', 'x: 1', '-b').map((text): Node => ({ text }));
const string = fc
  .tuple(fc.constantFrom<readonly [string, string]>(['"', '"'], ["'", "'"]), fc.constantFrom('', 'a b', '(', 'c)'))
  .map(([pair, text]): Node => ({ pair, inner: [{ text }] }));

const { node } = fc.letrec<{ node: Node }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'medium', withCrossShrink: true },
    plain,
    string,
    fc
      .tuple(
        fc.constantFrom<readonly [string, string]>(['(', ')'], ['[', ']'], ['{', '}']),
        fc.array(tie('node'), { maxLength: 3 }),
      )
      .map(([pair, inner]): Node => ({ pair, inner })),
  ),
}));

/** A quote right behind a word or another string would not be closed by an editor. */
function separated(nodes: readonly Node[]): Node[] {
  return nodes.flatMap((each, i) => (i === 0 ? [each] : [{ text: ', ' }, each]));
}

function piecesOf(nodes: readonly Node[]): Piece[] {
  let pairs = 0;
  const visit = (each: Node): Piece[] => {
    if ('text' in each) return [{ text: each.text }];
    const number = pairs++;
    const inner = separated(each.inner).flatMap(visit);
    return [{ text: each.pair[0], opens: number }, ...inner, { text: each.pair[1], closes: number }];
  };
  return separated(nodes).flatMap(visit);
}

describe('closers of an editor', () => {
  it('come out once, wherever in brackets and strings the caret stands', () => {
    fc.assert(
      fc.property(fc.array(node, { minLength: 1, maxLength: 4 }), (nodes) => {
        const pieces = piecesOf(nodes);
        for (let caret = 1; caret < pieces.length; caret++) {
          const open = new Set(pieces.slice(0, caret).map(({ opens }) => opens));
          const closers = pieces.slice(caret).filter(({ closes }) => closes !== undefined && open.has(closes));
          const join = (some: readonly Piece[]): string => some.map(({ text }) => text).join('');
          const prefix = `f = ${join(pieces.slice(0, caret))}`;
          const raw = join(pieces.slice(caret));
          const suffix = `${join(closers)}\n`;
          if (closers.length === 0 || raw.trim() === '') continue;
          const { text, replaceLength } = trimCompletion(
            { text: raw, prefix, suffix, multiLine: false, languageId: 'javascript' },
            { disabled: new Set(['bracketBalance', 'repetition']) },
          );
          expect((prefix + text + suffix.slice(replaceLength)).trimEnd()).toBe((prefix + raw).trimEnd());
        }
      }),
      { numRuns: 500 },
    );
  });
});
