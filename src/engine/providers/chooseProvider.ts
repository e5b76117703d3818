import type { ConcreteExecutionProvider, ExecutionProvider, ProviderProbe } from '../../protocol/messages';
import { concreteProviders } from './providers';

export interface ProviderChoice {
  readonly executionProvider: ConcreteExecutionProvider;
  readonly reason: string;
}

/** Tries providers; the answers are in the same order. */
export type Probe = (providers: readonly ConcreteExecutionProvider[]) => Promise<readonly ProviderProbe[]>;

/**
 * The provider to run on. `auto` takes the fastest that works; a wish that cannot be met becomes the CPU, with the reason.
 */
export async function chooseProvider(wish: ExecutionProvider, probe: Probe): Promise<ProviderChoice> {
  if (wish === 'cpu') return { executionProvider: 'cpu', reason: 'as set' };
  if (wish === 'auto') return chooseFastest(probe);
  const [answer] = await probe([wish]);
  if (answer!.usable) return { executionProvider: wish, reason: 'as set' };
  return { executionProvider: 'cpu', reason: `${wish} is not usable here: ${answer!.reason}` };
}

/**
 * Loads on the chosen provider. One that worked when it was tried may be gone since (a driver that was removed): the CPU
 * takes its place, with the reason.
 */
export async function loadOrFallBack<Loaded>(
  { executionProvider, reason }: ProviderChoice,
  load: (provider: ConcreteExecutionProvider) => Promise<Loaded>,
): Promise<ProviderChoice & { readonly loaded: Loaded }> {
  try {
    return { executionProvider, reason, loaded: await load(executionProvider) };
  } catch (error) {
    if (executionProvider === 'cpu') throw error;
    const loaded = await load('cpu');
    return { executionProvider: 'cpu', reason: `${executionProvider} failed: ${(error as Error).message}`, loaded };
  }
}

async function chooseFastest(probe: Probe): Promise<ProviderChoice> {
  const others = (await probe(concreteProviders.filter((name) => name !== 'cpu'))).filter(({ usable }) => usable);
  // Most machines have nothing else: a first start need not wait for a measurement that has nothing to be compared with.
  if (others.length === 0) return { executionProvider: 'cpu', reason: 'auto: the only one usable here' };
  const usable = [...(await probe(['cpu'])).filter((answer) => answer.usable), ...others];
  const fastest = usable.reduce((best, answer) => (answer.decodeMs! < best.decodeMs! ? answer : best));
  const reason = usable.length > 1 ? 'auto: fastest here' : 'auto: the only one usable here';
  return { executionProvider: fastest.executionProvider, reason };
}
