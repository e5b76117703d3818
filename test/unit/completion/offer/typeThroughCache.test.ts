import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TypeThroughCache } from '../../../../src/completion/offer/typeThroughCache';

const at = (prefix: string, suffix = '', documentUri = 'file:///a.ts') => ({ documentUri, prefix, suffix });
const live = (text: string, replaceLength = 0) => ({ text, replaceLength, value: text.length });

function cacheWith(prefix: string, text: string, suffix = '', replaceLength = 0): TypeThroughCache<number> {
  const cache = new TypeThroughCache<number>();
  cache.rememberCompletion(at(prefix, suffix), live(text, replaceLength));
  return cache;
}

describe('TypeThroughCache', () => {
  it('gives the rest after every typed beginning, in any order (typing on, deleting back)', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.string({ minLength: 1 }),
        fc.string(),
        fc.array(fc.nat()),
        (prefix, text, suffix, stops) => {
          const cache = cacheWith(prefix, text, suffix);
          for (const stop of stops) {
            const typedLength = stop % text.length;
            expect(cache.lookup(at(prefix + text.slice(0, typedLength), suffix))).toEqual({
              text: text.slice(typedLength),
              replaceLength: 0,
              typedLength,
              value: text.length,
            });
          }
        },
      ),
    );
  });

  it('misses when anything else changed', () => {
    const cache = cacheWith('con', 'sole.log()', '\n');
    expect(cache.lookup(at('cons', '\n'))?.text).toBe('ole.log()');
    expect(cache.lookup(at('conx', '\n'))).toBeUndefined();
    expect(cache.lookup(at('co', '\n'))).toBeUndefined();
    expect(cache.lookup(at('Cons', '\n'))).toBeUndefined();
    expect(cache.lookup(at('cons', '\n\n'))).toBeUndefined();
    expect(cache.lookup(at('cons', 'x'))).toBeUndefined();
    expect(cache.lookup(at('cons', '\n', 'file:///b.ts'))).toBeUndefined();
    expect(cache.lookup(at('console.log()', '\n'))).toBeUndefined();
  });

  it('goes on where the editor closed a bracket that was typed', () => {
    const cache = cacheWith('foo', '(a, "b")', '\nx');
    expect(cache.lookup(at('foo(', ')\nx'))).toMatchObject({ text: 'a, "b")', replaceLength: 1 });
    expect(cache.lookup(at('foo(a, "', '")\nx'))).toMatchObject({ text: 'b")', replaceLength: 2 });
    expect(cache.lookup(at('foo(', ']\nx'))).toBeUndefined();
    expect(cache.lookup(at('foo(', ' )\nx'))).toBeUndefined();
  });

  it('goes on where a closer that the completion replaces was overtyped', () => {
    const cache = cacheWith('foo(', 'a);', ')\nx', 1);
    expect(cache.lookup(at('foo(a', ')\nx'))).toMatchObject({ text: ');', replaceLength: 1 });
    expect(cache.lookup(at('foo(a)', '\nx'))).toMatchObject({ text: ';', replaceLength: 0 });
    expect(cache.lookup(at('foo(a)', 'x'))).toBeUndefined();
  });

  it('prefers the completion used last, and keeps alternatives at the same caret', () => {
    const cache = cacheWith('x = ', 'foo()');
    cache.rememberCompletion(at('x = '), live('bar()'));
    expect(cache.lookup(at('x = '))?.text).toBe('bar()');
    expect(cache.lookup(at('x = f'))?.text).toBe('oo()');
    expect(cache.lookup(at('x = '))?.text).toBe('foo()');
  });

  it('replaces an equal completion instead of keeping two', () => {
    const cache = cacheWith('x = ', 'foo()');
    cache.rememberCompletion(at('x = '), { text: 'foo()', replaceLength: 0, value: 99 });
    expect(cache.size).toBe(1);
    expect(cache.lookup(at('x = '))?.value).toBe(99);
  });

  it('drops the least recently used beyond its capacity', () => {
    const cache = new TypeThroughCache<number>(2);
    cache.rememberCompletion(at('a'), live('1'));
    cache.rememberCompletion(at('b'), live('2'));
    cache.lookup(at('a'));
    cache.rememberCompletion(at('c'), live('3'));
    expect([cache.lookup(at('a'))?.text, cache.lookup(at('b'))?.text, cache.lookup(at('c'))?.text]).toEqual([
      '1',
      undefined,
      '3',
    ]);
  });

  it('bounds the text that it holds, but keeps the newest', () => {
    const cache = new TypeThroughCache<number>(50, 100);
    cache.rememberCompletion(at('a'.repeat(60)), live('1'));
    cache.rememberCompletion(at('b'.repeat(60)), live('2'));
    expect(cache.size).toBe(1);
    cache.rememberCompletion(at('c'.repeat(500)), live('3'));
    expect(cache.lookup(at('c'.repeat(500)))?.text).toBe('3');
  });

  it('forgets one document or all', () => {
    const cache = cacheWith('a', '1');
    cache.rememberCompletion(at('b', '', 'file:///b.ts'), live('2'));
    cache.forget('file:///a.ts');
    expect(cache.size).toBe(1);
    cache.forget();
    expect(cache.size).toBe(0);
  });

  it('refuses a capacity below 1', () => {
    expect(() => new TypeThroughCache(0)).toThrow('The cache capacity is 0');
  });
});
