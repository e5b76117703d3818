import { describe, expect, it } from 'vitest';
import { chooseProvider, loadOrFallBack } from '../../../../src/engine/providers/chooseProvider';
import type { ConcreteExecutionProvider, ExecutionProvider } from '../../../../src/protocol/messages';

/** @param decodeMs of the providers that work. */
async function choose(wish: ExecutionProvider, decodeMs: Partial<Record<ConcreteExecutionProvider, number>>) {
  const tried: string[] = [];
  const { executionProvider, reason } = await chooseProvider(wish, async (names) => {
    tried.push(...names);
    return names.map((name) => {
      const ms = decodeMs[name];
      if (ms === undefined) return { executionProvider: name, compiledIn: true, usable: false, reason: 'no device' };
      return { executionProvider: name, compiledIn: true, usable: true, reason: 'works', decodeMs: ms };
    });
  });
  return { choice: `${executionProvider}: ${reason}`, tried };
}

describe('chooseProvider', () => {
  it('measures the CPU last, and only where there is something to compare it with', async () => {
    const others = ['cuda', 'directml', 'coreml', 'webgpu'];
    expect(await choose('auto', { cpu: 10 })).toEqual({
      choice: 'cpu: auto: the only one usable here',
      tried: others,
    });
    expect(await choose('auto', { cpu: 10, webgpu: 20 })).toEqual({
      choice: 'cpu: auto: fastest here',
      tried: [...others, 'cpu'],
    });
  });

  it('takes the fastest', async () => {
    expect((await choose('auto', { cpu: 10, webgpu: 5, cuda: 7 })).choice).toBe('webgpu: auto: fastest here');
    expect((await choose('auto', { webgpu: 5 })).choice).toBe('webgpu: auto: the only one usable here');
  });

  it('tries nothing but what is wished for', async () => {
    expect(await choose('cpu', {})).toEqual({ choice: 'cpu: as set', tried: [] });
    expect(await choose('cuda', { cuda: 90 })).toEqual({ choice: 'cuda: as set', tried: ['cuda'] });
    expect(await choose('cuda', {})).toEqual({ choice: 'cpu: cuda is not usable here: no device', tried: ['cuda'] });
  });
});

describe('loadOrFallBack', () => {
  const gone = async (provider: string): Promise<string> => {
    if (provider !== 'cpu') throw new Error('no driver');
    return 'loaded';
  };

  it('takes the CPU where the chosen provider does not load any more, and says why', async () => {
    expect(await loadOrFallBack({ executionProvider: 'cuda', reason: 'as set' }, gone)).toEqual({
      executionProvider: 'cpu',
      reason: 'cuda failed: no driver',
      loaded: 'loaded',
    });
  });

  it('keeps a provider that loads, and has nothing to fall back to from the CPU', async () => {
    const choice = { executionProvider: 'cuda', reason: 'as set' } as const;
    expect(await loadOrFallBack(choice, async () => 1)).toEqual({ ...choice, loaded: 1 });
    const broken = async () => Promise.reject(new Error('broken'));
    await expect(loadOrFallBack({ executionProvider: 'cpu', reason: 'as set' }, broken)).rejects.toThrow('broken');
  });
});
