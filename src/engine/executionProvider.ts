import { fork } from 'node:child_process';
import path from 'node:path';
import { env, listSupportedBackends } from 'onnxruntime-node';
import {
  type ConcreteExecutionProvider,
  type ExecutionProvider,
  executionProviders,
  type ProviderProbe,
} from '../engine-client/protocol';
import type { ModelManifest } from '../model-store/manifest';
import { readRemembered, remember } from '../model-store/remembered';
import { loadDecoder, type LoadOptions } from './loadedModel';

/** A provider that has not answered by then would be no help to somebody who types. */
const probeTimeoutMs = 60_000;
const ortNames: Readonly<Record<string, ConcreteExecutionProvider>> = {
  ...{ cpu: 'cpu', cuda: 'cuda', dml: 'directml', coreml: 'coreml', webgpu: 'webgpu' },
};

export interface ProviderChoice {
  readonly executionProvider: ConcreteExecutionProvider;
  readonly reason: string;
}

export interface ProbeOptions {
  readonly directory: string;
  readonly threads: number;
  readonly cacheDirectory: string;
  onProgress?(fraction: number): void;
}

/**
 * The provider to run on. `auto` takes the fastest that works; a wish that cannot be met becomes the CPU, with the reason.
 */
export async function chooseProvider(
  wish: ExecutionProvider,
  manifest: ModelManifest,
  options: ProbeOptions,
): Promise<ProviderChoice> {
  if (wish === 'cpu') return { executionProvider: 'cpu', reason: 'as set' };
  if (wish === 'auto') {
    const usable = (await probeProviders(manifest, options)).filter((probe) => probe.usable);
    const fastest = usable.reduce((best, probe) => (probe.decodeMs! < best.decodeMs! ? probe : best), usable[0]!);
    if (usable.length === 0 || fastest.executionProvider === 'cpu') {
      return {
        executionProvider: 'cpu',
        reason: usable.length > 1 ? 'auto: fastest here' : 'auto: the only one usable here',
      };
    }
    return { executionProvider: fastest.executionProvider, reason: 'auto: fastest here' };
  }
  const probes = await probeProviders(manifest, options);
  const probe = probes.find(({ executionProvider }) => executionProvider === wish)!;
  if (probe.usable) return { executionProvider: wish, reason: 'as set' };
  return { executionProvider: 'cpu', reason: `${wish} is not usable here: ${probe.reason}` };
}

/** Tries every provider once, each in a throw-away process, and remembers the answers for this binary and model. */
export async function probeProviders(
  manifest: ModelManifest,
  options: ProbeOptions,
): Promise<readonly ProviderProbe[]> {
  const key = [
    ...[env.versions.node, process.platform, process.arch, manifest.name, options.threads],
    ...manifest.files.map(({ sha256 }) => sha256.slice(0, 8)),
  ].join(' ');
  const file = path.join(options.cacheDirectory, 'execution-providers.json');
  const known = await readRemembered<readonly ProviderProbe[]>(file);
  if (known[key]) return known[key];
  const compiledIn = new Set(listSupportedBackends().map(({ name }) => ortNames[name]));
  const names = executionProviders.filter((name) => name !== 'auto');
  const probes: ProviderProbe[] = [];
  for (const executionProvider of names) {
    options.onProgress?.(probes.length / names.length);
    const reason = `this platform's build of ONNX Runtime (${process.platform} ${process.arch}) does not contain it`;
    const answer = compiledIn.has(executionProvider)
      ? await probeInProcess(executionProvider, options)
      : { usable: false, reason };
    probes.push({ executionProvider, compiledIn: compiledIn.has(executionProvider), ...answer });
  }
  await remember(file, { [key]: probes });
  return probes;
}

type ProbeAnswer = Pick<ProviderProbe, 'usable' | 'reason' | 'decodeMs'>;

function probeInProcess(
  provider: ConcreteExecutionProvider,
  { directory, threads }: ProbeOptions,
): Promise<ProbeAnswer> {
  return new Promise((resolve) => {
    const child = fork(process.argv[1]!, ['--probe', provider, directory, String(threads)], {
      ...{ execArgv: [], stdio: ['ignore', 'ignore', 'ignore', 'ipc'], timeout: probeTimeoutMs, killSignal: 'SIGKILL' },
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
