import type { EngineErrorCode } from './messages';

/** An engine failure as a caller meets it; the message is fit for a user. */
export class EngineError extends Error {
  override readonly name = 'EngineError';

  constructor(
    readonly code: EngineErrorCode | 'engineEnded' | 'cancelled',
    message: string,
    /** Where in the engine's process it was thrown, if the engine said so: for a log, not for a user. */
    readonly engineStack?: string,
  ) {
    super(message);
  }
}

/** Cancellation is no failure: callers leave without a word. */
export function isCancelled(error: unknown): boolean {
  return error instanceof EngineError && error.code === 'cancelled';
}
