import type { EngineClient, EngineState } from '../../src/client/engineClient';

/** Resolves with the next state that satisfies `isWanted`, the present one included. */
export function untilState(client: EngineClient, isWanted: (state: EngineState) => boolean): Promise<EngineState> {
  if (isWanted(client.state)) return Promise.resolve(client.state);
  return new Promise((resolve) => {
    const listening = client.onDidChangeState((state) => {
      if (!isWanted(state)) return;
      listening.dispose();
      resolve(state);
    });
  });
}

/** Every event of a state from now on, by its kind. */
export function recordStates(client: Pick<EngineClient, 'onDidChangeState'>): EngineState['kind'][] {
  const kinds: EngineState['kind'][] = [];
  client.onDidChangeState(({ kind }) => kinds.push(kind));
  return kinds;
}

/** Resolves when there is no process with this id any more. */
export async function untilProcessEnded(id: number): Promise<void> {
  while (processExists(id)) await new Promise((resolve) => setImmediate(resolve));
}

export function processExists(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
}
