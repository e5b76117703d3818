import type { EvaluationCase } from './suite';

/**
 * Part of a suite that keeps languages even: the places are dealt out to the languages in turn (by first appearance) until
 * the limit is reached or a language has no more, and each takes its cases at even distances over its part of the suite.
 * The same suite and limit give the same cases, in the suite's order.
 *
 * @param limit how many cases to take; all of them where it is not below their number.
 * @throws RangeError when the limit is not a whole number of at least 0.
 */
export function sampleCases(cases: readonly EvaluationCase[], limit: number): readonly EvaluationCase[] {
  if (!Number.isInteger(limit) || limit < 0) {
    throw new RangeError(`The limit is ${limit}; it must be a whole number of at least 0.`);
  }
  if (limit >= cases.length) return cases;
  const indicesOf = new Map<string, number[]>();
  cases.forEach((one, index) => {
    const language = languageOf(one);
    const own = indicesOf.get(language);
    if (own === undefined) indicesOf.set(language, [index]);
    else own.push(index);
  });
  const languages = [...indicesOf.values()].map((indices) => ({ indices, share: 0 }));
  for (let left = limit; left > 0;) {
    for (const language of languages) {
      if (left === 0 || language.share === language.indices.length) continue;
      language.share++;
      left--;
    }
  }
  return languages
    .flatMap(({ indices, share }) =>
      // The middle of each of `share` equal stretches.
      Array.from({ length: share }, (_, place) => indices[Math.floor(((place + 0.5) * indices.length) / share)]!),
    )
    .sort((one, other) => one - other)
    .map((index) => cases[index]!);
}

/** What a case is counted under. */
export function languageOf({ language }: EvaluationCase): string {
  return language ?? 'unknown';
}
