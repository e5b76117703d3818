import { fork } from 'node:child_process';
import { env, listSupportedBackends } from '../onnx/onnxruntime';
import type { ConcreteExecutionProvider } from '../../protocol/messages';
import type { ModelManifest } from '../../model-store/manifest';
import { loadDecoder, type LoadOptions } from '../loadedModel';
import type { ProbeAnswer, ProbeOptions } from './providerProbes';
import { providerNamed } from './providers';

/** A provider that has not answered by then would be no help to somebody who types. */
const probeTimeoutMs = 60_000;

export interface ProbedSetup {
  readonly modelDirectory: string;
  /** 0 takes the default. */
  readonly threads: number;
}

/** Trials of this binary with this model. */
export function trialsOf(
  manifest: ModelManifest,
  setup: ProbedSetup,
): Pick<ProbeOptions, 'key' | 'compiledIn' | 'attempt'> {
  return {
    key: [
      ...[env.versions.node, process.platform, process.arch, manifest.name, setup.threads],
      ...manifest.files.map(({ sha256 }) => sha256.slice(0, 8)),
    ].join(' '),
    compiledIn: new Set(listSupportedBackends().flatMap(({ name }) => providerNamed(name) ?? [])),
    attempt: (provider) => probeInProcess(provider, setup),
  };
}

function probeInProcess(
  provider: ConcreteExecutionProvider,
  { modelDirectory, threads }: ProbedSetup,
): Promise<ProbeAnswer> {
  return new Promise((resolve) => {
    const child = fork(process.argv[1]!, ['--probe', provider, modelDirectory, String(threads)], {
      execArgv: [],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      timeout: probeTimeoutMs,
      killSignal: 'SIGKILL',
    });
    let answer: ProbeAnswer | undefined;
    child.on('message', (message) => (answer = message as ProbeAnswer));
    child.on('error', (error) => resolve({ usable: false, reason: error.message }));
    child.on('exit', (code, signal) =>
      resolve(
        answer ?? { usable: false, reason: `its process ended with ${signal ?? `code ${code}`} when it was tried` },
      ),
    );
  });
}

/** Runs in the throw-away process: loads the decoder on the provider and times a step. */
export async function answerProbe(manifest: ModelManifest, options: LoadOptions): Promise<ProbeAnswer> {
  try {
    const decoder = await loadDecoder(manifest, options);
    const steps: number[] = [];
    for (let step = 0; step < 12; step++) {
      const startedAt = performance.now();
      await decoder.append([manifest.endOfText[0]!], 1);
      steps.push(performance.now() - startedAt);
    }
    const decodeMs = steps.sort((a, b) => a - b)[steps.length >> 1]!;
    return { usable: true, reason: 'works', decodeMs };
  } catch (error) {
    return { usable: false, reason: firstLine((error as Error).message) };
  }
}

function firstLine(message: string): string {
  return message.split('\n')[0]!.slice(0, 300);
}
