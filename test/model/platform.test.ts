import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { EngineClient } from '../../src/client/engineClient';
import { silentLog } from '../../src/protocol/log';
import { enginePath, modelDirectory } from '../support/bundledModel';
import { recordStates } from '../support/engineStates';

it('an engine that finds no ONNX Runtime refuses in a sentence, without another try', async () => {
  const alone = await mkdtemp(path.join(tmpdir(), 'topk-alone-'));
  const initialize = { modelDirectory, executionProvider: 'cpu', threads: 0, cacheDirectory: alone } as const;
  const client = new EngineClient({ enginePath: path.join(alone, 'engine.js'), initialize, log: silentLog });
  try {
    await copyFile(enginePath, path.join(alone, 'engine.js'));
    const states = recordStates(client);
    const error = (await client.start().catch((reason: unknown) => reason)) as Error;
    expect(error).toMatchObject({ name: 'EngineError', code: 'platformUnsupported' });
    expect(error.message).toMatch(
      /^ONNX Runtime cannot be loaded on \S+ \S+.*: Cannot find .*\. Install Top-K again; it runs on .+\.$/,
    );
    expect(client.state).toMatchObject({ kind: 'failed', isFinal: true });
    await expect(client.start()).rejects.toBe(error);
    expect(states).toEqual(['starting', 'failed']);
  } finally {
    await client.dispose();
    await rm(alone, { recursive: true });
  }
});
