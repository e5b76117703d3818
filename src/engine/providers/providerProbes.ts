import path from 'node:path';
import type { ConcreteExecutionProvider, ProviderProbe } from '../../protocol/messages';
import { providerOf } from './providers';
import { readRemembered, rememberResults } from '../../model-store/rememberedResults';

/** A driver may be installed, or the machine be less busy: what did not work is tried again after a day. */
const failureKeptMs = 24 * 60 * 60 * 1000;

export type ProbeAnswer = Pick<ProviderProbe, 'usable' | 'reason' | 'decodeMs'>;

interface RememberedAnswer extends ProbeAnswer {
  /** Milliseconds since 1970. */
  readonly probedAt: number;
}

export interface ProbeOptions {
  /** Where answers are remembered. */
  readonly cacheDirectory: string | undefined;
  /** What an answer depends on, besides the provider: binary, model, threads. */
  readonly key: string;
  /** Providers that the installed binary names; the others need no trial. */
  readonly compiledIn: ReadonlySet<ConcreteExecutionProvider>;
  /** Tries all of them, whatever is remembered. */
  readonly isAfresh?: boolean;
  /** Tries one, in a process of its own. */
  attempt(provider: ConcreteExecutionProvider): Promise<ProbeAnswer>;
  onProgress?(fraction: number): void;
  /** Milliseconds since 1970. */
  now?(): number;
}

/** What becomes of each provider here: as remembered, or by trying it. */
export async function probeProviders(
  providers: readonly ConcreteExecutionProvider[],
  options: ProbeOptions,
): Promise<readonly ProviderProbe[]> {
  const { compiledIn, key, isAfresh = false, now = Date.now } = options;
  const file = options.cacheDirectory && path.join(options.cacheDirectory, 'execution-providers.json');
  const known = isAfresh ? {} : await readRemembered<RememberedAnswer>(file);
  const fresh: Record<string, RememberedAnswer> = {};
  const probes: ProviderProbe[] = [];
  for (const executionProvider of providers) {
    options.onProgress?.(probes.length / providers.length);
    if (!compiledIn.has(executionProvider)) {
      const here = `${process.platform} ${process.arch}`;
      const others = providerOf(executionProvider).platforms.join(', ');
      const reason = `the build of ONNX Runtime for ${here} does not contain it; those for ${others} do`;
      probes.push({ executionProvider, compiledIn: false, usable: false, reason });
      continue;
    }
    const id = `${key} ${executionProvider}`;
    let answer: ProbeAnswer | undefined = stillHolds(known[id], now()) ? known[id] : undefined;
    if (!answer) {
      answer = await options.attempt(executionProvider);
      fresh[id] = { ...answer, probedAt: now() };
    }
    const { usable, reason, decodeMs } = answer;
    probes.push({ executionProvider, compiledIn: true, usable, reason, ...(decodeMs !== undefined && { decodeMs }) });
  }
  if (Object.keys(fresh).length > 0) await rememberResults(file, fresh);
  return probes;
}

function stillHolds(answer: RememberedAnswer | undefined, now: number): boolean {
  if (typeof answer?.reason !== 'string' || typeof answer.probedAt !== 'number') return false;
  return answer.usable ? typeof answer.decodeMs === 'number' : now - answer.probedAt < failureKeptMs;
}
