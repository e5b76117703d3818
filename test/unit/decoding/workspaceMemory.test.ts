import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type MemoryMatch, WorkspaceMemory } from '../../../src/decoding/workspaceMemory';

const anyTokens = fc.array(fc.nat(3), { maxLength: 60 });
const anyFiles = fc.array(fc.record({ name: fc.constantFrom('a', 'b', 'c'), tokens: anyTokens }), { maxLength: 6 });

/** By the definition: every place in every file, looked at one by one. */
function placesIn(files: ReadonlyMap<string, readonly number[]>, context: readonly number[]): MemoryMatch[] {
  const found: MemoryMatch[] = [];
  for (const tokens of files.values()) {
    for (let at = 1; at < tokens.length; at++) {
      let length = 0;
      while (
        length < 12 &&
        length < at &&
        length < context.length &&
        tokens[at - 1 - length] === context.at(-1 - length)
      )
        length++;
      if (length >= 2) found.push({ id: tokens[at]!, length });
    }
  }
  return found;
}

const sorted = (matches: readonly MemoryMatch[]): MemoryMatch[] =>
  matches.toSorted((one, other) => one.id - other.id || one.length - other.length);

describe('WorkspaceMemory', () => {
  it('finds what a search through all files finds', () => {
    fc.assert(
      fc.property(anyFiles, fc.array(fc.nat(3), { maxLength: 15 }), (files, context) => {
        const memory = new WorkspaceMemory();
        const kept = new Map<string, readonly number[]>();
        for (const { name, tokens } of files) {
          memory.rememberTokens(name, tokens);
          kept.set(name, tokens);
        }
        const places = placesIn(kept, context);
        const found = memory.matches(context);
        if (places.length <= 48) expect(sorted(found)).toEqual(sorted(places));
        else expect(found).toHaveLength(48);
      }),
    );
  });

  it('tells the newest place first, and drafts from the newest of the longest agreements', () => {
    const memory = new WorkspaceMemory();
    memory.rememberTokens('old', [1, 2, 3, 4, 5, 6]);
    memory.rememberTokens('new', [2, 3, 9, 8]);
    expect(memory.matches([1, 2, 3])).toEqual([
      { id: 9, length: 2 },
      { id: 4, length: 3 },
    ]);
    expect(memory.draft([1, 2, 3], 2)).toEqual([4, 5]);
    expect(memory.draft([7, 2, 3], 9)).toEqual([9, 8]);
    expect(memory.draft([3, 2], 9)).toEqual([]);
  });

  it('never reads on from one file into the next', () => {
    const memory = new WorkspaceMemory();
    memory.rememberTokens('a', [1, 2]);
    memory.rememberTokens('b', [3, 4]);
    expect(memory.matches([1, 2])).toEqual([]);
    expect(memory.draft([2, 3], 5)).toEqual([]);
  });

  it('forgets a file, one that is remembered anew, and all of them', () => {
    const memory = new WorkspaceMemory();
    memory.rememberTokens('a', [1, 2, 3]);
    memory.rememberTokens('a', [1, 2, 4]);
    expect(memory.matches([1, 2]).map(({ id }) => id)).toEqual([4]);
    memory.forget('a');
    expect(memory.matches([1, 2])).toEqual([]);
    memory.rememberTokens('b', [1, 2, 5]);
    memory.clear();
    expect(memory.matches([1, 2])).toEqual([]);
  });

  it('knows a file that fills it from its first tokens on', () => {
    const small = new WorkspaceMemory(4);
    small.rememberTokens('a', [1, 2, 3]);
    expect(small.matches([1, 2])).toEqual([{ id: 3, length: 2 }]);
    small.rememberTokens('b', [4, 5, 6, 7]);
    expect(small.matches([4, 5])).toEqual([{ id: 6, length: 2 }]);
  });

  it('forgets what is left of a file whose beginning made room for others', () => {
    const small = new WorkspaceMemory(8);
    small.rememberTokens('a', [1, 2, 3, 4]);
    small.rememberTokens('b', [5, 6, 7]);
    expect(small.matches([2, 3])).toEqual([{ id: 4, length: 2 }]);
    small.forget('a');
    expect(small.matches([2, 3])).toEqual([]);
  });

  it('is bounded: the newest tokens stay, also where a file alone is too long', () => {
    fc.assert(
      fc.property(anyFiles, fc.array(fc.nat(3), { minLength: 2, maxLength: 4 }), (files, context) => {
        const small = new WorkspaceMemory(32);
        const large = new WorkspaceMemory();
        for (const { name, tokens } of files) {
          small.rememberTokens(name, tokens);
          large.rememberTokens(name, tokens.slice(0, 31));
        }
        const inLarge = large.matches(context);
        for (const { id, length } of small.matches(context)) {
          // Agreement ends where the beginning of a file made room.
          expect(inLarge.some((match) => match.id === id && match.length >= length)).toBe(true);
        }
        const last = files.findLast(({ tokens }) => tokens.length > 2);
        if (last !== undefined && last === files.at(-1)) {
          const [first, second, third] = last.tokens;
          expect(small.matches([first!, second!]).map(({ id }) => id)).toContain(third);
        }
      }),
    );
  });
});
