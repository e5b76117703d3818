import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { cacheDirectory } from '../setUp.mjs';
import { comparison, interleave } from './rounds.mjs';

/** Time from starting a process to a model that is ready; Top-K's very first start verifies every file as well. */
export async function measureLoad({ starters, rounds }) {
  const run = async ({ start }) => {
    const subject = await start();
    await subject.dispose();
    return subject.loadMs;
  };
  rmSync(join(cacheDirectory, 'engine'), { recursive: true, force: true });
  const firstMs = await run(starters.find(({ name }) => name === 'Top-K'));
  // Every peer's files are read once before they are timed.
  for (const starter of starters) await run(starter);
  return [
    { measure: 'load, first start (verifies the files)', unit: 'ms', values: { 'Top-K': firstMs } },
    comparison('load: process start to ready', 'ms', await interleave(starters, Math.min(rounds, 5), run)),
  ];
}
