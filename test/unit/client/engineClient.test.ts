import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EngineClient } from '../../../src/client/engineClient';
import { type LogLevel, logTo } from '../../../src/protocol/log';
import { EngineError } from '../../../src/protocol/engineError';
import type { CompleteParams } from '../../../src/protocol/messages';
import { enginePreamble as preamble } from '../../support/engineScript';
import { recordStates, untilProcessEnded, untilState } from '../../support/engineStates';

const params: CompleteParams = {
  prompt: [],
  topK: 1,
  alternatives: 0,
  maxTokens: 1,
  multiLine: false,
  budgetMs: 0,
  promptLookup: true,
  tokenHealing: true,
};
let directory: string;
let client: EngineClient;
let log: string[];
function record(level: LogLevel, message: string): void {
  if (level !== 'trace' && level !== 'debug') log.push(`${level}: ${message}`);
}
beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'topk-client-'));
  log = [];
});
afterEach(async () => {
  await client.dispose();
  await rm(directory, { recursive: true });
});

async function clientOf(script: string, idleUnloadMs = 0, stalledAfterMs = 60_000): Promise<EngineClient> {
  const enginePath = path.join(directory, 'engine.mjs');
  await writeFile(enginePath, script);
  const initialize = {
    modelDirectory: directory,
    executionProvider: 'cpu',
    threads: 0,
    cacheDirectory: directory,
  } as const;
  return (client = new EngineClient({
    enginePath,
    initialize,
    idleUnloadMs,
    stalledAfterMs,
    log: logTo(record),
  }));
}

describe('EngineClient', () => {
  it('says how the process ended and what it said, and starts it again with the next request', async () => {
    await clientOf(
      `${preamble} connection.onRequest('complete', () => { console.error('Error: out of luck'); process.exit(3); }); connection.listen();`,
    );
    const states = recordStates(client);
    for (let crash = 0; crash < 2; crash++) {
      await expect(client.complete(params)).rejects.toMatchObject({
        code: 'engineEnded',
        message: 'The engine process ended with code 3. It said: Error: out of luck. Try again.',
      });
      expect(client.state).toMatchObject({ kind: 'failed', isFinal: false });
      expect(client.processId).toBeUndefined();
    }
    await expect(client.score({ text: '', topK: 1 })).resolves.toEqual({ tokens: [] });
    expect(states).toEqual(['starting', 'ready', 'failed', 'starting', 'ready', 'failed', 'starting', 'ready']);
  });

  it('gives up after three crashes in a row, and can be revived', async () => {
    await clientOf('process.exit(1)');
    for (let crash = 0; crash < 3; crash++)
      await expect(client.complete(params)).rejects.toMatchObject({ code: 'engineEnded' });
    expect(client.state).toMatchObject({ kind: 'failed', isFinal: true });
    await expect(client.complete(params)).rejects.toThrow(/It failed too often to be started again by itself/);
    expect(client.processId).toBeUndefined();
    await writeFile(path.join(directory, 'engine.mjs'), `${preamble} connection.listen();`);
    await client.restart();
    await expect(client.score({ text: '', topK: 1 })).resolves.toEqual({ tokens: [] });
  }, 30_000);

  it('starts an engine again that ran out of memory, although it knows why it ended', async () => {
    await clientOf(
      `${preamble} connection.onRequest('complete', () => {
        process.stderr.write('  what():  std::bad_alloc\\n', () => process.abort());
        return new Promise(() => {});
      }); connection.listen();`,
    );
    await expect(client.complete(params)).rejects.toMatchObject({ code: 'outOfMemory' });
    expect(client.state).toMatchObject({ kind: 'failed', isFinal: false, error: { code: 'outOfMemory' } });
    await expect(client.score({ text: '', topK: 1 })).resolves.toEqual({ tokens: [] });
  });

  it('logs why an engine refused to start, once', async () => {
    await clientOf(
      `${preamble} connection.onRequest('initialize', () => new rpc.ResponseError(1001, 'No such model.')); connection.listen();`,
    );
    for (let request = 0; request < 2; request++) {
      await expect(client.complete(params)).rejects.toMatchObject({ code: 'modelInvalid', message: 'No such model.' });
    }
    expect(client.state).toMatchObject({ kind: 'failed', isFinal: true });
    expect(log).toEqual(['error: No such model.']);
  });

  it('tells a request in flight that the engine was stopped', async () => {
    await clientOf(`${preamble} connection.onRequest('complete', () => new Promise(() => {})); connection.listen();`);
    await client.start();
    const waiting = expect(client.complete(params)).rejects.toMatchObject({
      code: 'engineEnded',
      message: 'The engine was stopped before it could answer. Try again.',
    });
    const id = client.processId!;
    // One turn, so that the request is on its way.
    await new Promise((resolve) => setImmediate(resolve));
    await client.restart();
    await waiting;
    await untilProcessEnded(id);
    expect(client.state).toEqual({ kind: 'stopped' });
  });

  it('tells a start in flight that the engine was stopped', async () => {
    await clientOf(`${preamble} connection.onRequest('initialize', () => new Promise(() => {})); connection.listen();`);
    const starting = expect(client.start()).rejects.toMatchObject({ code: 'engineEnded' });
    await untilState(client, ({ kind }) => kind === 'starting');
    await client.restart();
    await starting;
  });

  it('ends an engine whose start goes nowhere, and says so', async () => {
    await clientOf(
      `${preamble} connection.onRequest('initialize', () => new Promise(() => {})); connection.listen();`,
      0,
      500,
    );
    const starting = expect(client.start()).rejects.toMatchObject({
      code: 'engineEnded',
      message: 'The engine was ended: its start made no progress for 0.5 s. Try again.',
    });
    await untilState(client, ({ kind }) => kind === 'starting');
    const id = client.processId!;
    await starting;
    expect(client.state).toMatchObject({ kind: 'failed', isFinal: false });
    expect(log).toEqual([
      'error: The engine was ended: its start made no progress for 0.5 s. It starts again with the next request.',
    ]);
    await untilProcessEnded(id);
  });

  it('waits for a start that takes long, as long as it goes on', async () => {
    await clientOf(
      `${preamble} connection.onRequest('initialize', async () => {
        for (let i = 0; i < 20; i++) {
          await new Promise((resolve) => setTimeout(resolve, 250));
          connection.sendNotification('loadProgress', { stage: 'verifying', fraction: i / 20 });
        }
        return { model: 'fake' };
      }); connection.listen();`,
      0,
      4_000,
    );
    await expect(client.start()).resolves.toEqual({ model: 'fake' });
  });

  it('tells a start as one transition, and how far it is apart from that', async () => {
    await clientOf(
      `${preamble} connection.onRequest('initialize', async () => {
        for (let i = 1; i <= 36; i++)
          await connection.sendNotification('loadProgress', { stage: 'loading', fraction: i / 36 });
        return { model: 'fake' };
      }); connection.listen();`,
    );
    const states = recordStates(client);
    const fractions: number[] = [];
    client.onProgress(({ fraction }) => {
      fractions.push(fraction);
      expect(client.progress?.fraction).toBe(fraction);
    });
    await client.start();
    expect(states).toEqual(['starting', 'ready']);
    expect(fractions).toHaveLength(36);
    expect(client.progress).toBeUndefined();
    await client.restart();
    await client.restart();
    expect(states).toEqual(['starting', 'ready', 'stopped']);
  });

  it('looks for what to start with at every start, and says why there is nothing', async () => {
    const enginePath = path.join(directory, 'engine.mjs');
    await writeFile(
      enginePath,
      `${preamble} connection.onRequest('initialize', (params) => ({ model: params.modelDirectory }));
      connection.listen();`,
    );
    const models = ['/one', '/two'];
    const initialize = async () => {
      const modelDirectory = models.shift();
      if (modelDirectory === undefined) throw new EngineError('modelInvalid', 'There are no more models.');
      return { modelDirectory, executionProvider: 'cpu', threads: 0, cacheDirectory: directory } as const;
    };
    client = new EngineClient({ enginePath, initialize, log: logTo(record) });
    for (const model of ['/one', '/two']) {
      await expect(client.start()).resolves.toMatchObject({ model });
      await client.restart();
    }
    for (let request = 0; request < 2; request++)
      await expect(client.start()).rejects.toMatchObject({
        code: 'modelInvalid',
        message: 'There are no more models.',
      });
    expect(client.state).toMatchObject({ kind: 'failed', isFinal: true });
    expect(client.processId).toBeUndefined();
  });

  it('refuses requests after it was disposed', async () => {
    await clientOf(preamble);
    await client.dispose();
    await expect(client.complete(params)).rejects.toMatchObject({
      code: 'engineEnded',
      message: 'Top-K is shutting down.',
    });
  });

  it('unloads an engine that was started and never asked', async () => {
    await clientOf(`${preamble} connection.listen();`, 1);
    await client.start();
    await untilState(client, ({ kind }) => kind === 'stopped');
    expect(client.processId).toBeUndefined();
  });

  it('rejects as cancelled a request that was taken back before it was sent', async () => {
    await clientOf(`${preamble} connection.listen();`);
    const reason = AbortSignal.abort();
    await expect(client.complete(params, { signal: reason })).rejects.toMatchObject({ code: 'cancelled' });
    await expect(client.score({ text: '', topK: 1 })).resolves.toEqual({ tokens: [] });
  });

  it('lets go of answers: a request leaves nothing behind that waits for the process to end', async () => {
    await clientOf(`${preamble} connection.onRequest('score', () => ({ tokens: [] })); connection.listen();`);
    const answers: WeakRef<object>[] = [];
    for (let i = 0; i < 20; i++) answers.push(new WeakRef(await client.score({ text: '', topK: 1 })));
    const kept = async (): Promise<number> => {
      await collectGarbage();
      return answers.filter((answer) => answer.deref() !== undefined).length;
    };
    await expect.poll(kept).toBeLessThanOrEqual(1);
  });
});

/** Node gives `gc` only on request; asking at run time keeps it out of the test command. */
async function collectGarbage(): Promise<void> {
  const [{ setFlagsFromString }, { runInNewContext }] = await Promise.all([import('node:v8'), import('node:vm')]);
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  // Weak references are let go only between turns, and the first collection leaves what its own turn has seen.
  for (let round = 0; round < 3; round++) {
    await new Promise((resolve) => setTimeout(resolve));
    collect();
  }
}
