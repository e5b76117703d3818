import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { confidenceFeatureNames } from '../../../src/completion/judge/confidence';
import { insertedText, rememberedFiles } from '../../../src/evaluation/run/evaluateCase';
import { lineOptions } from '../../../src/evaluation/run/evaluateCases';
import { exactMatch } from '../../../src/evaluation/judge/lineMetrics';
import { readSuiteFile } from '../../../src/cli/commands/suiteFile';
import { Completer } from '../../../src/completion/completer';
import { EngineClient } from '../../../src/client/engineClient';
import { logTo } from '../../../src/protocol/log';
import { crossValidate, fit, withTokens } from './fit';
import { writeConfidence } from './manifestProfile';
import { addSample, readSamples, type Sample } from './sample';

/** From the root of the repository. */
const modelDirectory = 'models/smollm2-135m';
/** As many tokens as `topk eval` lets a line have. */
const maxTokens = 32;
/** The share of the places at which a completion is meant to be shown. */
const shownShare = 0.4;

/** Fits the confidence to the tuning suite; see calibrate.mjs. */
export async function calibrate(root: string, args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { samples: { type: 'string' } } });
  const samples = await samplesOf(root, values.samples);
  const judged = withTokens(samples);
  const model = fit(judged);
  const held = crossValidate(judged, samples.length, shownShare);
  const right = samples.filter((sample) => sample.right).length / samples.length;
  report(`${samples.length} cases, ${percent(right)} right.`);
  confidenceFeatureNames.forEach((name, i) => report(`  ${model.weights[i]!.toFixed(4).padStart(9)}  ${name}`));
  report(
    `Held out: calibration error ${held.expectedCalibrationError.toFixed(3)}, ${held.bits.toFixed(3)} bits a case.`,
  );
  report(
    `Shown at ${percent(shownShare)}: threshold ${held.threshold.toFixed(2)}, precision ${percent(held.precision)}.`,
  );
  await writeConfidence(join(root, modelDirectory, 'manifest.json'), model);
}

/** One sample for each case of the suite; those that `file` has are not asked for again. */
async function samplesOf(root: string, file: string | undefined): Promise<Sample[]> {
  const samples = await readSamples(file);
  const known = new Set(samples.map(({ id }) => id));
  const missing = (await readSuiteFile(join(root, 'test/evaluation/suites/tuning.jsonl'))).filter(
    ({ id }) => !known.has(id),
  );
  if (missing.length === 0) return samples;
  const client = new EngineClient({
    enginePath: join(root, 'dist/engine.js'),
    initialize: {
      modelDirectory: join(root, modelDirectory),
      executionProvider: 'cpu',
      threads: 0,
      cacheDirectory: join(tmpdir(), 'topk-calibrate'),
    },
    log: logTo((level, message) => level !== 'trace' && level !== 'debug' && report(message)),
  });
  try {
    const { fillInTheMiddle, profile } = await client.start();
    const completer = new Completer(client, { fillInTheMiddle: () => fillInTheMiddle, profile: () => profile });
    for (const one of missing) {
      await client.rememberFiles({ replaceAll: true, files: rememberedFiles(one) });
      const answer = await completer.complete({ ...one, languageId: one.language }, lineOptions(maxTokens));
      const sample: Sample = {
        id: one.id,
        right: exactMatch(insertedText(answer, one.suffix), one.expected),
        tokens: answer.tokens.map(({ probability }) => ({ probability })),
      };
      samples.push(sample);
      await addSample(file, sample);
      if (samples.length % 25 === 0) report(`${samples.length} cases done`);
    }
  } finally {
    await client.dispose();
  }
  return samples;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

function report(line: string): void {
  process.stderr.write(`${line}\n`);
}
