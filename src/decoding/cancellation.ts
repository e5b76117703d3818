/** What long work asks between two runs of the model; a run itself cannot be interrupted. */
export interface WorkControl {
  isCancelled(): boolean;
  /** Lets in what waits: messages, a cancellation among them, and more urgent work. */
  pause(): Promise<void>;
}

/** The caller took the request back; not a failure. */
export class CancelledError extends Error {
  constructor() {
    super('The request was cancelled.');
  }
}

/**
 * Pauses between two runs of the model, and stops work that was taken back.
 * @throws CancelledError
 */
export async function checkpoint(control: WorkControl): Promise<void> {
  await control.pause();
  if (control.isCancelled()) throw new CancelledError();
}
