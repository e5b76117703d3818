import { expect, it } from 'vitest';
import { StartProgress } from '../../../src/engine/startProgress';

it('is one fraction that never falls, whatever stages begin anew or are left out, and ends with 1', () => {
  const fractions: number[] = [];
  const progress = new StartProgress(({ fraction }) => fractions.push(fraction));
  for (const done of [0, 0.5, 1]) progress.stage('verifying')(done);
  for (const done of [0, 0.5, 0]) progress.stage('probing')(done);
  for (const done of [0, 1]) progress.stage('loading')(done);
  expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
  expect(fractions[0]).toBe(0);
  expect(fractions.at(-1)).toBe(1);
});
