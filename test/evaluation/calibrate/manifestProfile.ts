import { readFile, writeFile } from 'node:fs/promises';
import type { LogisticRegression } from '../../../src/protocol/modelProfile';

/** Writes a fitted confidence into the profile of a manifest (format 2), rounded to four decimals, and leaves the rest. */
export async function writeConfidence(file: string, { weights, intercept }: LogisticRegression): Promise<void> {
  const manifest = JSON.parse(await readFile(file, 'utf8')) as { profile?: object };
  const confidence = { weights: weights.map(rounded), intercept: rounded(intercept) };
  const profile = { ...manifest.profile, confidence };
  await writeFile(file, `${JSON.stringify({ ...manifest, format: 2, profile }, null, 2)}\n`);
}

function rounded(value: number): number {
  return Number(value.toFixed(4));
}
