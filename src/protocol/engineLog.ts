import type { LogLevel } from './log';

/** What an engine tells of its work. Never holds a user's text. */
export interface LogMessage {
  readonly level: Exclude<LogLevel, 'trace'>;
  /** The part of the engine that speaks, such as `load` or `provider`. */
  readonly tag: string;
  readonly message: string;
}
