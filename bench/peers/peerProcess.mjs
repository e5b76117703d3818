import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { benchDirectory } from '../setUp.mjs';

/**
 * A peer in a process of its own.
 *
 * @param name a key of worker.mjs.
 * @param params what its `load` wants.
 */
export async function startPeer(name, params) {
  const startedAt = performance.now();
  const child = fork(join(benchDirectory, 'peers', 'worker.mjs'), [name], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text) => (said = (said + text).slice(-2000)));
  let lastId = 0;
  const waiting = new Map();
  child.on('message', ({ id, result, error }) => {
    const { resolve, reject } = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) resolve(result);
    else reject(new Error(error));
  });
  child.once('exit', (code) => {
    for (const { reject } of waiting.values()) reject(new Error(`${name} ended with code ${code}: ${said.trim()}`));
  });
  const request = (method, params) =>
    new Promise((resolve, reject) => {
      waiting.set(++lastId, { resolve, reject });
      child.send({ id: lastId, method, params });
    });

  const end = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.disconnect();
    await once(child, 'exit');
  };
  try {
    const description = await request('load', params);
    return {
      name,
      description,
      processId: child.pid,
      loadMs: performance.now() - startedAt,
      generate: (prompt) => request('generate', prompt),
      dispose: end,
    };
  } catch (error) {
    await end();
    throw error;
  }
}
