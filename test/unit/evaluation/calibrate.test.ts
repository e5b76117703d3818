import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readManifest } from '../../../src/model-store/manifest';
import { writeConfidence } from '../../evaluation/calibrate/manifestProfile';
import { tinyManifest, writeTinyModel } from '../../support/tinyModelFolder';
import { confidenceFeatures } from '../../../src/completion/judge/confidence';
import { seededRandom } from '../../../src/evaluation/statistics/random';
import { applyLogisticRegression, sigmoid } from '../../../src/completion/judge/logistic';
import { crossValidate, fit, withTokens } from '../../evaluation/calibrate/fit';
import type { Sample } from '../../evaluation/calibrate/sample';

/** How often a line is right whose only token has this probability: something that a fit can find. */
const chanceOf = (probability: number): number => sigmoid(3 * Math.log(probability) + 2);

function samplesOf(count: number): Sample[] {
  const random = seededRandom(7);
  return Array.from({ length: count }, (_, i) => {
    const probability = 0.02 + 0.96 * random();
    return { id: String(i), right: random() < chanceOf(probability), tokens: [{ probability }] };
  });
}

describe('the calibration', () => {
  it('finds the chance of being right from the probabilities of tokens', () => {
    const samples = samplesOf(4000);
    const model = fit(samples);
    for (const probability of [0.1, 0.3, 0.5, 0.8]) {
      const confidence = applyLogisticRegression(model, confidenceFeatures([{ probability }]));
      expect(Math.abs(confidence - chanceOf(probability))).toBeLessThan(0.03);
    }
  });

  it('reports on held-out samples: error, threshold and precision at a share of all cases', () => {
    const samples = samplesOf(4000);
    const empty: Sample[] = Array.from({ length: 1000 }, (_, i) => ({ id: `e${i}`, right: false, tokens: [] }));
    const judged = withTokens([...samples, ...empty]);
    expect(judged).toHaveLength(4000);
    // 40 % of 5,000 cases are the better half of the 4,000 with tokens: those with a probability above 0.5.
    const better = Array.from({ length: 480 }, (_, i) => chanceOf(0.5 + i / 1000));
    const expected = better.reduce((sum, chance) => sum + chance, 0) / better.length;
    const held = crossValidate(judged, 5000, 0.4);
    expect(held.expectedCalibrationError).toBeLessThan(0.04);
    expect(Math.abs(held.threshold - chanceOf(0.5))).toBeLessThan(0.06);
    expect(Math.abs(held.precision - expected)).toBeLessThan(0.04);
  });

  it('shows that samples with random outcomes cannot be told apart', () => {
    const random = seededRandom(3);
    const samples = samplesOf(2000).map((sample) => ({ ...sample, right: random() < 0.3 }));
    const held = crossValidate(samples, 2000, 0.4);
    expect(Math.abs(held.precision - 0.3)).toBeLessThan(0.05);
  });

  it('goes into the manifest, which keeps what else it says', async () => {
    const root = await mkdtemp(path.join(tmpdir(), 'topk-calibrate-'));
    const manifest = { ...tinyManifest(), format: 2, profile: { longestShortRun: 7 } };
    const directory = await writeTinyModel(path.join(root, 'model'), manifest);
    await writeConfidence(path.join(directory, 'manifest.json'), { weights: [0.12345, 2, 3], intercept: -1 });
    const confidence = { weights: [0.1235, 2, 3], intercept: -1 };
    expect(await readManifest(directory)).toEqual({ ...manifest, profile: { longestShortRun: 7, confidence } });
    await rm(root, { recursive: true });
  });
});
