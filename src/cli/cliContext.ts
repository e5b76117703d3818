import type { EngineClient } from '../client/engineClient';
import type { Log } from '../protocol/log';
import type { InitializeParams } from '../protocol/messages';
import type { Terminal } from './terminal/terminal';

/** What commands use of the engine's client: a test puts its own in the place of a process. */
export type CliEngine = Pick<
  EngineClient,
  | 'start'
  | 'warmPrompt'
  | 'complete'
  | 'score'
  | 'scoreContinuation'
  | 'rememberFiles'
  | 'probeProviders'
  | 'onProgress'
  | 'dispose'
>;

/** Everything a command reaches that is not its own arguments. */
export interface CliContext {
  readonly terminal: Terminal;
  /** Aborted by Ctrl-C, by SIGTERM, and when standard output fails or nobody reads it any more. */
  readonly signal: AbortSignal;
  /** Where verification and probe results are remembered between runs; nowhere where it is not given. */
  readonly cacheDirectory: string | undefined;
  /**
   * The folder of a model by name or path, of the bundled one without either.
   * @throws ModelError
   */
  findModel(nameOrDirectory: string | undefined): Promise<string>;
  createEngine(initialize: InitializeParams, log: Log): CliEngine;
}
