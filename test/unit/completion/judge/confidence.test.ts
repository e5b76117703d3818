import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  confidenceFeatureNames,
  confidenceFeatures,
  confidenceOf,
  isCalibrated,
} from '../../../../src/completion/judge/confidence';
import { fittedProfile } from '../../../support/fittedProfile';
import { readManifest } from '../../../../src/model-store/manifest';
import type { CompletionPath, ScoredToken } from '../../../../src/protocol/completionPath';
import { decideToShow } from '../../../../src/completion/judge/showDecision';

const bundledModelDirectory = new URL('../../../../models/smollm2-135m', import.meta.url).pathname;

const token = (probability: number): ScoredToken => ({
  text: 'x',
  id: 1,
  logit: 0,
  probability,
  rank: 1,
  entropyBits: 1,
  margin: probability,
  remainingMass: 0,
  memoryShare: 0,
  drafted: false,
  typedText: '',
  candidates: [],
});
const path = (...probabilities: number[]): CompletionPath & { replaceLength: number } => ({
  text: 'x'.repeat(probabilities.length),
  tokens: probabilities.map(token),
  stopReason: 'line end',
  tokenIds: probabilities.map(() => 1),
  healingTokens: 0,
  confidenceModel: fittedProfile.confidence,
  replaceLength: 0,
});
const probability = fc.double({ min: 1e-9, max: 1, noNaN: true });

describe('confidenceFeatures', () => {
  it('are the sum, the least and the first of the natural log-probabilities', () => {
    const features = confidenceFeatures(path(0.5, 0.25, 1).tokens);
    expect(features).toHaveLength(confidenceFeatureNames.length);
    expect(features[0]).toBeCloseTo(Math.log(0.125), 12);
    expect(features[1]).toBeCloseTo(Math.log(0.25), 12);
    expect(features[2]).toBeCloseTo(Math.log(0.5), 12);
  });

  it('are finite for a token of probability 0 and for a hundred unlikely ones', () => {
    expect(confidenceFeatures(path(0).tokens)).toEqual([-10, -10, -10]);
    expect(confidenceFeatures(path(...Array<number>(100).fill(0.01)).tokens)[0]).toBe(-20);
  });
});

describe('confidenceOf', () => {
  it('has a weight for each feature in the bundled manifest, and none that counts a probable token against the line', async () => {
    const { profile } = await readManifest(bundledModelDirectory);
    const { weights } = profile!.confidence!;
    expect(weights).toHaveLength(confidenceFeatureNames.length);
    for (const weight of weights) expect(weight).toBeGreaterThan(0);
  });

  it('is the probability of the line, and says so, where the model was not calibrated', () => {
    const { confidenceModel: _, ...rest } = path(0.5, 0.25);
    const uncalibrated: CompletionPath = rest;
    expect(confidenceOf(uncalibrated)).toBeCloseTo(0.125, 12);
    expect(isCalibrated(uncalibrated)).toBe(false);
    expect(isCalibrated(path(0.5))).toBe(true);
  });

  it('lies between 0 and 1, rises with the probability of any token, and falls with every further token', () => {
    fc.assert(
      fc.property(fc.array(probability, { minLength: 1, maxLength: 20 }), fc.nat(), probability, (list, at, other) => {
        const confidence = confidenceOf(path(...list));
        expect(confidence).toBeGreaterThan(0);
        expect(confidence).toBeLessThan(1);
        const index = at % list.length;
        const raised = list.with(index, Math.max(list[index]!, other));
        expect(confidenceOf(path(...raised))).toBeGreaterThanOrEqual(confidence);
        expect(confidenceOf(path(...list, other))).toBeLessThanOrEqual(confidence);
      }),
    );
  });

  it('is 0 where nothing is left to show', () => {
    expect(confidenceOf(path())).toBe(0);
  });

  it('tells a sure line from one with a guess in it', () => {
    expect(confidenceOf(path(0.98, 0.99, 0.97))).toBeGreaterThan(0.7);
    expect(confidenceOf(path(0.98, 0.1, 0.97))).toBeLessThan(0.15);
  });
});

describe('decideToShow', () => {
  it('compares the confidence with the threshold, and says by how much it failed', () => {
    const sure = path(0.9, 0.9);
    const confidence = confidenceOf(sure);
    expect(decideToShow(sure, '', confidence)).toEqual({ show: true, confidence });
    const unsure = path(0.2, 0.2);
    expect(decideToShow(unsure, '', 0.5)).toEqual({
      show: false,
      confidence: confidenceOf(unsure),
      reason: { kind: 'lowConfidence', confidence: confidenceOf(unsure), minimum: 0.5 },
    });
    expect(decideToShow(unsure, '', 0).show).toBe(true);
  });

  it.each([
    ['budget', 'late'],
    ['line end', 'lineEnd'],
    ['end of text', 'textEnd'],
    ['repetition', 'trimmedAway'],
  ] as const)('shows nothing of an empty completion that ended by %s, even without a threshold', (stopReason, kind) => {
    expect(decideToShow({ ...path(), stopReason }, '', 0)).toEqual({ show: false, confidence: 0, reason: { kind } });
  });
});
