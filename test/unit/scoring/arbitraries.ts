import fc from 'fast-check';

/** Logits as a model gives them, with ties (small integers), infinities and NaN mixed in. */
export const anyLogits = fc
  .array(
    fc.oneof(
      { weight: 6, arbitrary: fc.float({ min: -60, max: 60, noNaN: true }) },
      { weight: 3, arbitrary: fc.integer({ min: -3, max: 3 }) },
      { weight: 1, arbitrary: fc.constantFrom(-Infinity, Infinity, NaN, -0) },
    ),
    { minLength: 1, maxLength: 80 },
  )
  .map((values) => Float32Array.from(values));

/** Finite logits only. */
export const finiteLogits = fc
  .array(fc.float({ min: -90, max: 90, noNaN: true }), { minLength: 1, maxLength: 80 })
  .map((values) => Float32Array.from(values));
