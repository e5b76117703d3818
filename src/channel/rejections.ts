import { ConnectionError, ErrorCodes, ResponseError } from 'vscode-jsonrpc';
import { EngineError } from '../protocol/engineError';
import { type EngineErrorCode, engineErrorCodes, type ErrorData } from '../protocol/messages';

/** JSON-RPC's code for a request that its sender took back. */
export const requestCancelled = -32800;

/** The process behind the connection is gone, or about to be. */
export function isConnectionLost(error: unknown): boolean {
  const lost: readonly number[] = [ErrorCodes.PendingResponseRejected, ErrorCodes.MessageWriteError];
  return error instanceof ConnectionError || (error instanceof ResponseError && lost.includes(error.code));
}

/** Turns what a request was rejected with into an EngineError. */
export function toEngineError(error: unknown): EngineError {
  if (error instanceof EngineError) return error;
  if (!(error instanceof ResponseError)) return new EngineError('internal', (error as Error).message);
  if (error.code === requestCancelled) return new EngineError('cancelled', error.message);
  const known = (Object.keys(engineErrorCodes) as EngineErrorCode[]).find(
    (name) => engineErrorCodes[name] === error.code,
  );
  const { stack } = (error.data ?? {}) as ErrorData;
  return new EngineError(known ?? 'internal', error.message, stack);
}
