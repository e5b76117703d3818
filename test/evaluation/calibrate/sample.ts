import { appendFile, readFile } from 'node:fs/promises';
import type { ScoredToken } from '../../../src/protocol/completionPath';

/** What came of one case, as far as the confidence depends on it. */
export interface Sample {
  readonly id: string;
  readonly right: boolean;
  readonly tokens: readonly Pick<ScoredToken, 'probability'>[];
}

/** The samples of a file, one JSON object a line; none where there is no file. */
export async function readSamples(file: string | undefined): Promise<Sample[]> {
  if (file === undefined) return [];
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Sample);
}

export async function addSample(file: string | undefined, sample: Sample): Promise<void> {
  if (file !== undefined) await appendFile(file, `${JSON.stringify(sample)}\n`);
}
