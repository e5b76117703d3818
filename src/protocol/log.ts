/** How important a message is, least first. */
export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error';

/** Where messages for whoever looks for a fault go; VS Code's `LogOutputChannel` is one. */
export interface Log {
  trace(message: string): void;
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  /** An Error is logged with its stack. */
  error(error: string | Error): void;
}

/** A log that hands every message, with its level, to one function. */
export function logTo(write: (level: LogLevel, message: string) => void): Log {
  return {
    trace: (message) => write('trace', message),
    debug: (message) => write('debug', message),
    info: (message) => write('info', message),
    warn: (message) => write('warn', message),
    error: (error) => write('error', error instanceof Error ? error.message : error),
  };
}

/** For whoever wants to hear nothing. */
export const silentLog = logTo(() => {});

/** Logs what was caught, which may be anything. */
export function logFailure(log: Pick<Log, 'error'>, error: unknown): void {
  log.error(error instanceof Error ? error : String(error));
}
