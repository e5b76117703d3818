import { setImmediate } from 'node:timers/promises';

/** What long work asks between two runs of the model; a run itself cannot be interrupted. */
export interface WorkControl {
  isCancelled(): boolean;
}

/** The caller took the request back; not a failure. */
export class CancelledError extends Error {
  constructor() {
    super('The request was cancelled.');
  }
}

/**
 * Lets waiting messages in (one turn to read them, one for the connection to dispatch them) and stops cancelled work.
 * @throws CancelledError
 */
export async function checkpoint(control: WorkControl): Promise<void> {
  await setImmediate();
  await setImmediate();
  if (control.isCancelled()) throw new CancelledError();
}
