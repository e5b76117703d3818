import { median } from '../statistics.mjs';

/**
 * Runs every subject once a round, each round beginning with another one: A B C, B C A, ... What slows the machine down
 * for a while then slows all of them.
 *
 * @param measureOnce `(subject, round)` -> a number.
 * @returns for each subject's name its samples, in order of rounds.
 */
export async function interleave(subjects, rounds, measureOnce) {
  const samples = Object.fromEntries(subjects.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < subjects.length; turn++) {
      const subject = subjects[(round + turn) % subjects.length];
      samples[subject.name].push(await measureOnce(subject, round));
    }
  }
  return samples;
}

/** Median of this subject's sample over the other's, round by round: noise that both met cancels out. */
export function ratioOf(samples, name, other) {
  if (!samples[name] || !samples[other]) return undefined;
  return median(samples[name].map((value, round) => value / samples[other][round]));
}

/**
 * A row of the report for a measure that several subjects have.
 *
 * @param target `{ text, isMet(ratio, value) }` over Top-K's time relative to llama.cpp's and its own median; optional.
 */
export function comparison(measure, unit, samples, target) {
  const values = Object.fromEntries(Object.entries(samples).map(([name, list]) => [name, median(list)]));
  const ratios = {};
  for (const name of Object.keys(samples)) if (name !== 'Top-K') ratios[name] = ratioOf(samples, 'Top-K', name);
  const canJudge = target && (target.isAbsolute || ratios['llama.cpp'] !== undefined);
  return {
    measure,
    unit,
    values,
    ratios,
    samples,
    ...(target && {
      target: target.text,
      isMet: canJudge ? target.isMet(ratios['llama.cpp'], values['Top-K']) : undefined,
    }),
  };
}
