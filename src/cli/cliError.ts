/** Exit codes of `topk`; 130 is 128 + SIGINT, as shells have it. */
export const exitCodes = { done: 0, failure: 1, usage: 2, interrupted: 130, terminated: 143 } as const;

/** An error whose message is one sentence for the user; nothing else of it is printed. */
export class CliError extends Error {
  constructor(
    message: string,
    readonly exitCode: number,
  ) {
    super(message);
    this.name = 'CliError';
  }
}

/** The command line asked for something that cannot be meant. */
export function usageError(message: string): CliError {
  return new CliError(message, exitCodes.usage);
}

/** The command line was fine, but it could not be done. */
export function failure(message: string): CliError {
  return new CliError(message, exitCodes.failure);
}
