import { scorePosition } from '../../scoring/positionScores';
import { percentile } from '../statistics/percentile';
import { seededRandom } from '../statistics/random';

const repetitions = 40;
/** Until the function is compiled. */
const warmUps = 20;
/** Spread of a language model's logits about their mean, of the right order; selection is slower the flatter they are. */
const logitSpread = 3;

/**
 * Milliseconds that reducing one position's logits to k candidates takes, for each k: medians over runs on drawn logits of the
 * model's vocabulary size. This is the engine's own function, timed here alone, because beside a run of the model it
 * disappears. The k take turns, so that what else the machine does falls on all of them.
 *
 * @param now milliseconds on a clock with a resolution well below one.
 */
export function candidateCosts(
  vocabularySize: number,
  ks: readonly number[],
  now: () => number,
): ReadonlyMap<number, number> {
  const random = seededRandom(1);
  // Sum of four uniform numbers: near enough to normal, for the order in which candidates turn up is what matters.
  const logits = Float32Array.from(
    { length: vocabularySize },
    () => (random() + random() + random() + random() - 2) * logitSpread,
  );
  const times = new Map(ks.map((k) => [k, [] as number[]]));
  for (let repetition = -warmUps; repetition < repetitions; repetition++) {
    for (const [k, own] of times) {
      const startedAt = now();
      scorePosition(logits, k);
      if (repetition >= 0) own.push(now() - startedAt);
    }
  }
  return new Map([...times].map(([k, own]) => [k, percentile(own, 0.5)]));
}
