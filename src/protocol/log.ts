import { NotificationType } from 'vscode-jsonrpc';

export type LogLevel = 'error' | 'warn' | 'info' | 'debug';

/** What an engine tells of its work. Never holds a user's text. */
export interface LogMessage {
  readonly level: LogLevel;
  /** The part of the engine that speaks, such as `load` or `provider`. */
  readonly tag: string;
  readonly message: string;
}

export const logNotification = new NotificationType<LogMessage>('log');
