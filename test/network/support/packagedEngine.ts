/**
 * Does what the extension does in its host, with the engine and the model of an unpacked package, until a time is over:
 * `node packagedEngine.js EXTENSION_FOLDER CACHE_FOLDER SECONDS`. Runs in a process of its own, which is observed.
 */
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { EngineClient } from '../../../src/client/engineClient';
import { logTo } from '../../../src/protocol/log';
import type { CompleteParams } from '../../../src/protocol/messages';

const request: CompleteParams = {
  prompt: [{ kind: 'text', text: 'def add(a, b):\n    return', maxTokens: 400, keep: 'end' }],
  topK: 5,
  alternatives: 2,
  maxTokens: 16,
  multiLine: false,
  budgetMs: 0,
  promptLookup: true,
  tokenHealing: true,
};

async function useEngine(extensionFolder: string, cacheDirectory: string, seconds: number): Promise<void> {
  const modelDirectory = path.join(extensionFolder, 'models', 'smollm2-135m');
  const client = new EngineClient({
    enginePath: path.join(extensionFolder, 'dist', 'engine.js'),
    // `auto` also starts the processes that try other providers.
    initialize: { modelDirectory, executionProvider: 'auto', threads: 2, cacheDirectory },
    log: logTo((level, message) => process.stderr.write(`${level}: ${message}\n`)),
  });
  try {
    await client.start();
    // The library is loaded; from here on its time counts.
    const readyAt = performance.now();
    let completions = 0;
    await client.rememberFiles({
      replaceAll: true,
      files: [{ name: 'a.py', text: 'def add(a, b):\n    return a + b\n' }],
    });
    do {
      await client.complete(request);
      completions++;
      await client.score({ text: 'The quick brown fox jumps over the lazy dog.', topK: 5 });
      await delay(1_000); // somebody reads what was proposed
    } while (performance.now() - readyAt < seconds * 1_000);
    process.stdout.write(`completed ${completions} times\n`);
  } finally {
    await client.dispose();
  }
}

const [extensionFolder, cacheDirectory, seconds] = process.argv.slice(2);
void useEngine(extensionFolder!, cacheDirectory!, Number(seconds));
