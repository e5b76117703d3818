import { link, mkdtemp, open, readFile, rm, truncate, writeFile, copyFile, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { silentLog } from '../../src/protocol/log';
import { EngineClient } from '../../src/client/engineClient';
import type { CompleteProgress, ExecutionProvider, LoadProgress } from '../../src/protocol/messages';
import { completeParams, enginePath, modelDirectory } from '../support/bundledModel';
import { fullCapabilities } from '../support/capabilities';
import { processExists, recordStates, untilProcessEnded, untilState } from '../support/engineStates';

let cacheDirectory: string;
let clients: EngineClient[] = [];
beforeAll(async () => {
  cacheDirectory = await mkdtemp(path.join(tmpdir(), 'topk-engine-'));
});
afterEach(async () => {
  await Promise.all(clients.map((client) => client.dispose()));
  clients = [];
});
afterAll(() => rm(cacheDirectory, { recursive: true }));

interface Settings {
  readonly directory?: string;
  readonly executionProvider?: ExecutionProvider;
  readonly idleUnloadMs?: number;
}

function newClient({
  directory = modelDirectory,
  executionProvider = 'cpu',
  idleUnloadMs = 0,
}: Settings = {}): EngineClient {
  const initialize = { modelDirectory: directory, executionProvider, threads: 2, cacheDirectory };
  const client = new EngineClient({ enginePath, initialize, idleUnloadMs, log: silentLog });
  clients.push(client);
  return client;
}

const france = completeParams('The capital of France is', { maxTokens: 2 });
/** Long enough to be in flight until something happens to it. */
const long = completeParams('Once upon a time', { multiLine: true, maxTokens: 2_000 });

/** Starts a long request and returns once its first tokens are in. */
async function startLong(client: EngineClient, signal?: AbortSignal): Promise<{ answer: Promise<unknown> }> {
  let onFirst = (): void => {};
  const first = new Promise<void>((resolve) => (onFirst = resolve));
  const answer = client.complete(long, { signal, onProgress: () => onFirst() });
  // Whoever awaits the answer sees a rejection; until then it must not count as unhandled.
  answer.catch(() => {});
  await first;
  return { answer };
}

describe('EngineClient with the engine process', () => {
  it('starts, completes with progress, scores, and leaves no process behind', async () => {
    const client = newClient();
    const states = recordStates(client);
    const progress: LoadProgress[] = [];
    client.onProgress((report) => progress.push(report));
    const info = await client.start();
    const fractions = progress.map(({ fraction }) => fraction);
    expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
    expect(fractions.at(-1)).toBe(1);
    expect(info).toMatchObject({ model: 'smollm2-135m', executionProvider: 'cpu', vocabularySize: 49_152, threads: 2 });
    expect(info.onnxruntimeVersion).toMatch(/^\d+\.\d+/);
    expect(info.capabilities).toEqual(fullCapabilities(info.vocabularySize));
    expect(info).toMatchObject({ calibrated: true, profile: { longestShortRun: 10 } });
    const reports: CompleteProgress[] = [];
    const params = completeParams('The capital of France is', { maxTokens: 6, multiLine: true });
    const result = await client.complete(params, { onProgress: (report) => reports.push(report) });
    expect(result.text).toMatch(/^ Paris/);
    expect(reports.length).toBeGreaterThan(1);
    reports.forEach(({ text }, i) =>
      expect(result.text.startsWith(text) && text.length >= (reports[i - 1]?.text.length ?? 0)).toBe(true),
    );
    expect((await client.score({ text: 'a b', topK: 1 })).tokens).toHaveLength(2);
    expect((await client.scoreContinuation({ prompt: france.prompt, expected: ' Paris' })).ranks).toEqual([1]);
    const files = [{ name: 'a', text: 'The capital of France is zzz. The capital of France is zzz.' }];
    expect(await client.rememberFiles({ replaceAll: false, files })).toEqual({ rememberedTokens: 16 });
    expect((await client.complete(france)).tokens[0]!.candidates.some(({ memoryShare }) => memoryShare > 0)).toBe(true);
    expect(await client.rememberFiles({ replaceAll: true, files: [] })).toEqual({ rememberedTokens: 0 });
    const warmed = await client.warmPrompt([{ kind: 'text', text: 'one two three', maxTokens: 99, keep: 'end' }]);
    expect(warmed.prefillTokens).toBeGreaterThan(0);
    const id = client.processId!;
    await client.dispose();
    expect(processExists(id)).toBe(false);
    expect(states).toEqual(['starting', 'ready', 'stopped']);
  });

  it('cancels a request in flight, and answers the next one', async () => {
    const client = newClient();
    const abort = new AbortController();
    const { answer } = await startLong(client, abort.signal);
    abort.abort();
    await expect(answer).rejects.toMatchObject({ name: 'EngineError', code: 'cancelled' });
    expect((await client.complete(france)).text).toMatch(/^ Paris/);
    expect(client.state.kind).toBe('ready');
  });

  it('tells the request in flight that the engine was killed, and answers the next one', async () => {
    const client = newClient();
    const states = recordStates(client);
    const { answer } = await startLong(client);
    const id = client.processId!;
    process.kill(id, 'SIGKILL');
    await expect(answer).rejects.toMatchObject({
      code: 'engineEnded',
      message: 'The engine process was ended by SIGKILL; the system may have run out of memory. Try again.',
    });
    expect((await client.complete(france)).text).toMatch(/^ Paris/);
    expect(client.processId).not.toBe(id);
    expect(states).toEqual(['starting', 'ready', 'failed', 'starting', 'ready']);
  });

  it('answers or explains a request that is sent at the moment the engine dies', async () => {
    const client = newClient();
    await client.start();
    process.kill(client.processId!, 'SIGKILL');
    await expect(client.complete(france)).rejects.toMatchObject({ code: 'engineEnded' });
    expect((await client.complete(france)).text).toMatch(/^ Paris/);
  });

  it('ends the process when idle, and starts it with the next request', async () => {
    const client = newClient({ idleUnloadMs: 1 });
    await client.complete(france);
    const id = client.processId;
    await untilState(client, ({ kind }) => kind === 'stopped');
    if (id !== undefined) await untilProcessEnded(id);
    expect(client.processId).toBeUndefined();
    expect((await client.complete(france)).text).toMatch(/^ Paris/);
  });

  it('ends with its parent, also in the middle of a request', async () => {
    const client = newClient();
    const { answer } = await startLong(client);
    const id = client.processId!;
    await Promise.all([client.dispose(), expect(answer).rejects.toMatchObject({ code: 'engineEnded' })]);
    expect(processExists(id)).toBe(false);
  });

  it('refuses values that can never work, in one sentence', async () => {
    const client = newClient();
    const refuse = (changes: object, message: string): Promise<void> =>
      expect(client.complete({ ...france, ...changes })).rejects.toMatchObject({ code: 'badRequest', message });
    await refuse({ topK: 0 }, 'Top-k is 0; it must be a whole number from 1 to 49152.');
    await refuse({ topK: 49_153 }, 'Top-k is 49153; it must be a whole number from 1 to 49152.');
    await refuse({ maxTokens: 0 }, 'Max tokens is 0; it must be a whole number from 1 to 2048.');
    await refuse({ budgetMs: -1 }, 'The budget is -1 ms; it must be 0 or more.');
    await refuse({ startTokens: [-1] }, 'A start token is -1; it must be a whole number from 0 to 49151.');
    await refuse(
      { prompt: [{ kind: 'text', text: 'a', maxTokens: 4_096, keep: 'end' }] },
      expect.stringMatching(/^The token budget of the prompt is 4096; it must be a whole number from 0 to \d+\.$/),
    );
    await expect(client.score({ text: 'a', topK: 1.5 })).rejects.toMatchObject({ code: 'badRequest' });
    expect((await client.complete(france)).text).toMatch(/^ Paris/);
  });

  it('runs on the CPU where the wish cannot be met, and says why', async () => {
    const absent = process.platform === 'darwin' ? 'directml' : 'coreml';
    const client = newClient({ executionProvider: absent });
    const info = await client.start();
    expect(info.executionProvider).toBe('cpu');
    expect(info.executionProviderReason).toContain(
      `${absent} is not usable here: this platform's build of ONNX Runtime`,
    );
    const probes = await client.probeProviders();
    expect(probes.map(({ executionProvider }) => executionProvider)).toEqual([
      'cpu',
      'cuda',
      'directml',
      'coreml',
      'webgpu',
    ]);
    expect(probes[0]).toMatchObject({ compiledIn: true, usable: true });
    const remembered = async () =>
      JSON.parse(await readFile(path.join(cacheDirectory, 'execution-providers.json'), 'utf8'));
    const before = await remembered();
    await client.probeProviders();
    expect(Object.keys(await remembered())).toEqual(Object.keys(before));
    expect(await remembered()).not.toEqual(before);
    const cuda = probes[1]!;
    const wished = newClient({ executionProvider: 'cuda' });
    const { executionProvider, executionProviderReason } = await wished.start();
    expect(executionProvider).toBe(cuda.usable ? 'cuda' : 'cpu');
    expect(executionProviderReason).toBe(cuda.usable ? 'as set' : `cuda is not usable here: ${cuda.reason}`);
  });
});

describe('a model folder that is not whole', () => {
  let folder: string;
  const file = (name: string): string => path.join(folder, name);

  /** A copy of the bundled model; its files are links (so it lies on the same file system, in dist), and what is changed is copied first. */
  async function copyOfModel(): Promise<void> {
    folder = await mkdtemp(path.join(path.dirname(enginePath), 'copy-of-model-'));
    const { files } = JSON.parse(await readFile(path.join(modelDirectory, 'manifest.json'), 'utf8')) as {
      files: { path: string }[];
    };
    for (const { path: name } of files) await link(path.join(modelDirectory, name), file(name));
    await copyFile(path.join(modelDirectory, 'manifest.json'), file('manifest.json'));
  }
  async function ownCopy(name: string): Promise<string> {
    await rm(file(name));
    await copyFile(path.join(modelDirectory, name), file(name));
    return file(name);
  }

  const damages: [string, () => Promise<unknown>, RegExp][] = [
    ['is missing', () => rm(folder, { recursive: true }), /^There is no model in .+: manifest\.json is missing\./],
    ['lacks a file', () => rm(file('embedding.bin')), /embedding\.bin is missing\. Install the model again\.$/],
    [
      'holds a truncated file',
      async () => truncate(await ownCopy('embedding.bin'), 1_000),
      /embedding\.bin is truncated or altered: it has 1000 bytes/,
    ],
    [
      'holds an altered byte',
      async () => {
        const handle = await open(await ownCopy('model.onnx'), 'r+');
        const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, 500);
        await handle.write(Buffer.from([buffer[0]! ^ 1]), 0, 1, 500);
        await handle.close();
      },
      /model\.onnx was altered or damaged: its SHA-256 is/,
    ],
    [
      'has a manifest that is no JSON',
      () => writeFile(file('manifest.json'), 'nonsense'),
      /manifest\.json is not JSON/,
    ],
    [
      'has a wrong manifest',
      () => writeFile(file('manifest.json'), '{}'),
      /manifest\.json is no valid manifest: format: /,
    ],
    [
      'is a file',
      async () => {
        await rm(folder, { recursive: true });
        await mkdir(folder);
        folder = file('plain');
        await writeFile(folder, '');
      },
      /manifest\.json cannot be read \(ENOTDIR\)\.$/,
    ],
  ];

  it.each(damages)('that %s is refused in one sentence, without another try', async (_, damage, message) => {
    await copyOfModel();
    const created = folder;
    try {
      await damage();
      const client = newClient({ directory: folder });
      const states = recordStates(client);
      const error = (await client.complete(france).catch((reason: unknown) => reason)) as Error;
      expect(error).toMatchObject({ name: 'EngineError', code: 'modelInvalid' });
      expect(error.message).toMatch(message);
      expect(error.message).not.toMatch(/\n|\bat .*:\d+/);
      expect(client.state).toMatchObject({ kind: 'failed', isFinal: true });
      await expect(client.complete(france)).rejects.toBe(error);
      expect(states).toEqual(['starting', 'failed']);
      expect(client.processId).toBeUndefined();
    } finally {
      await rm(created, { recursive: true, force: true });
    }
  });
});
