import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blendMemory, memoryShareOf } from '../../../src/decoding/memoryBlend';
import { fittedProfile } from '../../support/fittedProfile';
import { softmax } from '../../../src/scoring/softmax';

const { memory } = fittedProfile;
const anyLogits = fc
  .array(fc.float({ min: -20, max: 20, noNaN: true }), { minLength: 6, maxLength: 6 })
  .map((logits) => Float32Array.from(logits));
const anyMatches = fc.array(fc.record({ id: fc.nat(5), length: fc.integer({ min: 2, max: 12 }) }), {
  minLength: 1,
  maxLength: 10,
});

describe('blendMemory', () => {
  it('is the model and the memory together, in one of its shares', () => {
    fc.assert(
      fc.property(anyLogits, anyMatches, (logits, matches) => {
        const model = softmax(logits);
        const blended = softmax(blendMemory(logits, matches, memory));
        const longest = Math.max(...matches.map(({ length }) => length));
        const share = longest < 6 ? 0.05 : Math.max(...model) < 0.6 ? 0.4 : 0.13;
        const weights = matches.map(({ length }) => 1.5 ** (length - longest));
        const total = weights.reduce((sum, weight) => sum + weight, 0);
        blended.forEach((probability, id) => {
          const own = matches.reduce((sum, match, i) => sum + (match.id === id ? weights[i]! : 0), 0);
          expect(probability).toBeCloseTo((1 - share) * model[id]! + (share * own) / total, 5);
        });
      }),
    );
  });

  it('leaves the logits as they are where nothing agrees, and where there is no mass', () => {
    const logits = Float32Array.of(1, 2, 3);
    expect(blendMemory(logits, [], memory)).toBe(logits);
    const none = new Float32Array(3).fill(-Infinity);
    expect(blendMemory(none, [{ id: 1, length: 5 }], memory)).toBe(none);
  });

  it('does not touch the logits of the model', () => {
    const logits = Float32Array.of(1, 2, 3);
    blendMemory(logits, [{ id: 0, length: 12 }], memory);
    expect([...logits]).toEqual([1, 2, 3]);
  });
});

describe('memoryShareOf', () => {
  it('is the part of the probability that the memory added', () => {
    const logits = Float32Array.of(0, 0);
    const blended = blendMemory(logits, [{ id: 1, length: 12 }], memory);
    // 0.6 * 0.5 of the model and 0.4 of the memory.
    expect(memoryShareOf(logits[1]!, blended[1]!)).toBeCloseTo(0.4 / 0.7, 5);
    expect(memoryShareOf(logits[0]!, blended[0]!)).toBe(0);
  });

  it('is all of it where the model gave nothing', () => {
    const logits = Float32Array.of(0, -Infinity);
    expect(memoryShareOf(logits[1]!, blendMemory(logits, [{ id: 1, length: 2 }], memory)[1]!)).toBe(1);
  });
});
