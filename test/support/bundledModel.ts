import path from 'node:path';
import type { WorkControl } from '../../src/decoding/cancellation';
import { completeText } from '../../src/engine/requests/completeText';
import { loadDecoder, loadModel } from '../../src/engine/loadedModel';
import { OnnxLanguageModel } from '../../src/engine/onnx/onnxLanguageModel';
import { sessionOptions } from '../../src/engine/onnx/sessionOptions';
import type { CompleteParams, CompleteResult } from '../../src/protocol/messages';
import { newSession, type Session } from '../../src/engine/sessions';
import { readManifest } from '../../src/model-store/manifest';

const root = path.join(import.meta.dirname, '..', '..');
export const modelDirectory = path.join(root, 'models', 'smollm2-135m');
export const enginePath = path.join(root, 'dist', 'engine.js');

export const unhindered: WorkControl = { isCancelled: () => false, pause: () => Promise.resolve() };

/** A session with the bundled model in this process, on the CPU. */
export async function loadBundledModel(): Promise<Session> {
  const options = { directory: modelDirectory, executionProvider: 'cpu', threads: 2 } as const;
  return newSession(await loadModel(await readManifest(modelDirectory), options));
}

/** The bundled model over the float cache, which other execution providers run, on the CPU. */
export async function loadFloatCacheModel(): Promise<Session> {
  const model = await loadBundledModel();
  const { graphs, decoder: shape } = model.manifest;
  const decoder = await OnnxLanguageModel.load({
    graphPath: path.join(modelDirectory, graphs.float32.file),
    shape: { ...shape, cacheType: 'float32' },
    sessionOptions: sessionOptions('cpu', 2),
  });
  return { ...model, decoder };
}

/** The same model with an empty cache of its own session. */
export async function coldDecoder({ manifest }: Session): Promise<Session['decoder']> {
  return loadDecoder(manifest, { directory: modelDirectory, executionProvider: 'cpu', threads: 2 });
}

export function completeParams(text: string, changes: Partial<CompleteParams> = {}): CompleteParams {
  return {
    prompt: [{ kind: 'text', text, maxTokens: 400, keep: 'end' }],
    topK: 5,
    alternatives: 0,
    maxTokens: 16,
    multiLine: false,
    budgetMs: 0,
    promptLookup: true,
    tokenHealing: true,
    ...changes,
  };
}

/** Completes a text in this process. */
export function complete(model: Session, text: string, changes: Partial<CompleteParams> = {}): Promise<CompleteResult> {
  return completeText(model, completeParams(text, changes), { ...unhindered, receivedAt: performance.now() });
}
