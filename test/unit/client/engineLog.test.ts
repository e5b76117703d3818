import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EngineClient } from '../../../src/client/engineClient';
import { logTo } from '../../../src/protocol/log';
import type { CompleteParams } from '../../../src/protocol/messages';
import { enginePreamble } from '../../support/engineScript';

const params = { prompt: [] } as unknown as CompleteParams;
let directory: string;
let enginePath: string;
let client: EngineClient;
let everything: string[];

beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'topk-log-'));
  enginePath = path.join(directory, 'engine.mjs');
  everything = [];
  client = new EngineClient({
    enginePath,
    initialize: { modelDirectory: directory, executionProvider: 'cpu', threads: 0, cacheDirectory: directory },
    log: logTo((level, message) => everything.push(`${level}: ${message}`)),
  });
});
afterEach(async () => {
  await client.dispose();
  await rm(directory, { recursive: true });
});

describe('the log of an engine', () => {
  it('has what it says, where its errors came up, what it wrote when it ended, and what requests took', async () => {
    await writeFile(
      enginePath,
      `${enginePreamble}
      const timings = { queueMs: 1, prefillTokens: 20, reusedTokens: 15, prefillMs: 30, decodeMs: 40.4, decodedTokens: 6, acceptedDraftTokens: 2 };
      connection.onRequest('complete', async () => {
        await connection.sendNotification('log', { level: 'warn', tag: 'cache', message: 'is full' });
        return { timings };
      });
      connection.onRequest('warmPrompt', () => new rpc.ResponseError(1006, 'It broke.', { stack: 'Error: it\\n at here' }));
      connection.onRequest('score', () => { console.error('one\\nError: two\\nthree'); process.exit(3); });
      connection.listen();`,
    );
    await client.complete(params);
    await expect(client.warmPrompt([])).rejects.toThrow('It broke.');
    await expect(client.score({ text: '', topK: 1 })).rejects.toThrow(/It said: Error: two/);
    expect(everything).toContain('warn: engine, cache: is full');
    expect(everything).toContain('debug: In the engine: Error: it\n at here');
    expect(everything).toContain('debug: The engine process wrote to its standard error:\none\nError: two\nthree');
    expect(everything.find((line) => line.startsWith('trace: complete'))).toMatch(
      /^trace: complete: [\d.]+ ms, queue 1\.0 ms, prefill 20 tokens in 30 ms \(15 reused\), decode 6 tokens in 40 ms \(2 from drafts\)$/,
    );
  });
});
