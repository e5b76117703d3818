import { join, resolve } from 'node:path';
import { benchDirectory, cacheDirectory, root } from '../setUp.mjs';

/** Where memoryProbe.cjs of an engine answers. */
export const probeDirectory = join(cacheDirectory, 'probe');

/** Starts an engine process of ours through its own client; `client` is for requests beyond `generate`. */
export async function startTopK({ EngineClient, logTo }, { model, threads }) {
  // The engine inherits the environment; nothing else reads these two.
  process.env.NODE_OPTIONS = `--require ${JSON.stringify(join(benchDirectory, 'peers', 'memoryProbe.cjs'))}`;
  process.env.TOPK_BENCH_PROBE = probeDirectory;
  const client = new EngineClient({
    enginePath: join(root, 'dist', 'engine.js'),
    initialize: {
      modelDirectory: resolve(root, model),
      executionProvider: 'cpu',
      threads,
      cacheDirectory: join(cacheDirectory, 'engine'),
    },
    idleUnloadMs: 0,
    log: logTo((level, message) => level === 'error' && process.stderr.write(`${message}\n`)),
  });
  const startedAt = performance.now();
  const engine = await client.start();
  const loadMs = performance.now() - startedAt;
  delete process.env.NODE_OPTIONS;
  return {
    name: 'Top-K',
    description: `Top-K, onnxruntime-node ${engine.onnxruntimeVersion}, ${engine.executionProvider}, ${engine.threads} threads`,
    client,
    get processId() {
      return client.processId;
    },
    loadMs,
    generate: (prompt) => generate(client, prompt),
    dispose: () => client.dispose(),
  };
}

/** Greedy decoding of `tokens`, given as `text`; throws where the engine saw other tokens, or cached ones and `isCold`. */
async function generate(client, { text, tokens, maxTokens, promptLookup = false, isCold = true }) {
  const { timings, ...result } = await client.complete({
    prompt: [{ kind: 'text', text, maxTokens: 2048, keep: 'end' }],
    topK: 5,
    alternatives: 0,
    maxTokens,
    multiLine: true,
    budgetMs: 0,
    promptLookup,
    tokenHealing: false,
  });
  const promptTokens = timings.prefillTokens + timings.reusedTokens;
  if (promptTokens !== tokens.length || (isCold && timings.reusedTokens > 0)) {
    throw new Error(
      `The engine saw ${promptTokens} prompt tokens, ${timings.reusedTokens} of them cached; ${tokens.length} new ones were meant.`,
    );
  }
  return {
    // The engine runs the last prompt token with the first decoding step: both make the time to the first token.
    promptMs: timings.prefillMs + timings.decodeMs / Math.max(1, timings.decodedTokens),
    decodeMs: timings.decodeMs,
    decodedTokens: timings.decodedTokens,
    acceptedDraftTokens: timings.acceptedDraftTokens,
    text: result.text,
    ids: result.tokenIds,
  };
}
