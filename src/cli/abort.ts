/** Why a run was given up from outside, with the exit code that says so; there is nothing to tell the user. */
export class AbortReason extends Error {
  override readonly name = 'AbortReason';

  constructor(readonly exitCode: number) {
    super('The command was given up.');
  }
}

/** Waits for a promise until a signal is aborted; rejects with the signal's reason then, and leaves the promise alone. */
export async function abortable<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  let abort = (): void => {};
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(signal.reason as Error);
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
