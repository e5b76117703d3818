/**
 * A seeded generator of pseudo-random numbers (mulberry32 by Tommy Ettinger, public domain): fast, 32 bits of state, the
 * same sequence on every machine. For sampling and resampling only, never for secrets.
 *
 * @param seed any whole number; only its low 32 bits count.
 * @returns a function that gives the next number, uniform in [0, 1).
 */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
