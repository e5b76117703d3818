import { EventEmitter, once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { quantile } from '../statistics.mjs';

/** The longest work there is at a time: a cold prompt that fills most of the window, then decoding. */
const promptTokens = 512;
const maxTokens = 64;
const params = {
  topK: 5,
  alternatives: 0,
  multiLine: true,
  budgetMs: 0,
  promptLookup: false,
  tokenHealing: false,
};

/**
 * Cancels long requests at moments spread over prefill and decoding, and sends a one-token request in the same tick. The
 * time until that is answered, less the engine's own time for it, is the time from cancel to idle: the rest of the run in
 * progress, and the way to and fro.
 */
export async function measureCancel({ engine, prompts, options }) {
  const whole = await engine.client.complete({ ...params, prompt: part(prompts.next(promptTokens).text), maxTokens });
  const during = { prefill: [], decoding: [] };
  for (let i = 0; i < options.cancels; i++) {
    const share = (0.5 + i) / options.cancels;
    during.prefill.push(await cancelWhen(engine, prompts, () => delay(whole.timings.prefillMs * share)));
    // A message of progress follows each run that decodes.
    const runs = 1 + Math.floor((share * maxTokens) / 2);
    during.decoding.push(await cancelWhen(engine, prompts, (progress) => progress(runs)));
  }
  return Object.entries(during).flatMap(([phase, samples]) => {
    const p95 = quantile(samples, 0.95);
    const row = (name, value) => ({
      measure: `cancel to idle in a cold ${phase}, ${name}`,
      unit: 'ms',
      values: { 'Top-K': value },
    });
    return [
      row('p50', quantile(samples, 0.5)),
      { ...row('p95', p95), target: '<= 80 ms', isMet: p95 <= 80, samples: { 'Top-K': samples } },
    ];
  });
}

/** @param moment `(progress)` -> a promise of the time to cancel; `progress(n)` is the n-th decoding run. */
async function cancelWhen({ client }, prompts, moment) {
  const controller = new AbortController();
  const decoding = new EventEmitter();
  let runs = 0;
  const onProgress = () => decoding.emit(`run ${++runs}`);
  const work = client
    .complete(
      { ...params, prompt: part(prompts.next(promptTokens).text), maxTokens },
      { signal: controller.signal, onProgress },
    )
    .catch((error) => {
      if (error.code !== 'cancelled') throw error;
    });
  // A completion that ends by itself before the moment leaves the engine idle: then there is nothing to wait for.
  await Promise.race([moment((run) => once(decoding, `run ${run}`)), work]);
  controller.abort();
  const cancelledAt = performance.now();
  const { timings } = await client.complete({ ...params, prompt: part('a'), maxTokens: 1 });
  const answeredMs = performance.now() - cancelledAt;
  await work;
  return answeredMs - timings.prefillMs - timings.decodeMs;
}

function part(text) {
  return [{ kind: 'text', text, maxTokens: 2048, keep: 'end' }];
}
