import { setTimeout as delay } from 'node:timers/promises';
import { readProcessorMs } from '../processMemory.mjs';

const settleMs = 1000;
const watchedMs = 5000;
/** One clock tick in five seconds is 0.2 %: the finest that /proc can tell, and what rounds to nothing. */
const atRest = 0.2;

/** Processor share of the engine that waits for work, right after it had some. */
export async function measureRest({ engine, prompts }) {
  await engine.generate({ ...prompts.next(128), maxTokens: 8 });
  await delay(settleMs);
  const before = readProcessorMs(engine.processId);
  const startedAt = performance.now();
  await delay(watchedMs);
  const percent = (100 * (readProcessorMs(engine.processId) - before)) / (performance.now() - startedAt);
  const values = { 'Top-K': percent };
  return [
    { measure: 'processor time at rest', unit: '% of a core', values, target: '0 %', isMet: percent <= atRest + 0.01 },
  ];
}
