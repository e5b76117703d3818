import { CommanderError } from 'commander';
import { EngineError } from '../protocol/engineError';
import { ModelError } from '../model-store/modelError';
import { AbortReason } from './abort';
import { CliError, exitCodes } from './cliError';

export interface ErrorReport {
  readonly exitCode: number;
  /** One sentence for the user; nothing where all has been said. */
  readonly message?: string;
}

/** What a command's error means to the user: an exit code, and at most one sentence. Stacks are for NODE_DEBUG=topk. */
export function reportError(thrown: unknown, signal: AbortSignal): ErrorReport {
  // Whatever else broke on the way, it was because the user or the reader left, or the output failed.
  const reason: unknown = signal.reason;
  const error = reason instanceof AbortReason || reason instanceof CliError ? reason : thrown;
  if (error instanceof AbortReason) return { exitCode: error.exitCode };
  if (error instanceof CommanderError) {
    // Commander has printed the help, the version or its complaint by itself.
    return { exitCode: error.exitCode === 0 ? exitCodes.done : exitCodes.usage };
  }
  if (error instanceof CliError) return { exitCode: error.exitCode, message: error.message };
  if (error instanceof ModelError) return { exitCode: exitCodes.failure, message: error.message };
  if (error instanceof EngineError) {
    return { exitCode: error.code === 'badRequest' ? exitCodes.usage : exitCodes.failure, message: error.message };
  }
  const message = error instanceof Error ? error.message : String(error);
  return {
    exitCode: exitCodes.failure,
    message: `Unexpected error: ${message}. Run it again with NODE_DEBUG=topk and report what that prints.`,
  };
}
