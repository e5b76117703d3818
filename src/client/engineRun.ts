import { ResponseError } from 'vscode-jsonrpc';
import type { MessageConnection } from 'vscode-jsonrpc/node';
import { isConnectionLost, toEngineError } from '../channel/rejections';
import { initializeRequest, loadProgressNotification, logNotification } from '../channel/requests';
import { EngineError } from '../protocol/engineError';
import type { InitializeParams, InitializeResult, LoadProgress } from '../protocol/messages';
import type { Log } from '../protocol/log';
import { endedError } from './endedError';
import { type EngineExit, EngineProcess } from './engineProcess';

export interface EngineRunOptions {
  readonly enginePath: string;
  /** Milliseconds without progress after which the start is given up. */
  readonly stalledAfterMs: number;
  readonly log: Log;
  /** What to start with; looked for while the process starts. */
  initialize(): Promise<InitializeParams>;
  onProgress(progress: LoadProgress): void;
  onReady(engine: InitializeResult): void;
  /** The engine said why it cannot start: it will not do better by being asked again. */
  onRefused(error: EngineError): void;
  onExit(exit: EngineExit): void;
  /** The start goes nowhere, as with a driver that hangs; the process is being ended. */
  onStalled(describe: (advice: string) => EngineError): void;
}

/** One run of the engine process, from its start to its end. */
export class EngineRun {
  /** Rejects with an EngineError. */
  readonly ready: Promise<InitializeResult>;
  private readonly process: EngineProcess;
  /** What pending requests are told, where the process was ended from here. */
  private endedBecause: EngineError | undefined;
  private stallTimer: NodeJS.Timeout | undefined;

  constructor(private readonly options: EngineRunOptions) {
    this.process = new EngineProcess(options.enginePath);
    this.waitForProgress();
    this.connection.onNotification(loadProgressNotification, (progress) => {
      this.waitForProgress();
      options.onProgress(progress);
    });
    this.connection.onNotification(logNotification, ({ level, tag, message }) =>
      options.log[level](`engine, ${tag}: ${message}`),
    );
    void this.process.exited.then((exit) => {
      // The error quotes one line of it; this is the rest, which says where.
      if (exit.errorOutput) options.log.debug(`The engine process wrote to its standard error:\n${exit.errorOutput}`);
      options.onExit(exit);
      this.connection.dispose();
    });
    this.ready = this.start();
    // Avoids an unhandled rejection where nobody awaits it.
    this.ready.catch(() => {}).finally(() => clearTimeout(this.stallTimer));
  }

  get processId(): number | undefined {
    return this.process.id;
  }

  get connection(): MessageConnection {
    return this.process.connection;
  }

  /** @throws EngineError where nothing can be sent any more. */
  async checkConnected(): Promise<void> {
    if (!this.process.isConnected) throw await this.connectionLost();
  }

  /**
   * Ends the process; resolves when it is gone.
   * @param because what the requests that still wait are told.
   */
  end(because: EngineError): Promise<void> {
    this.endedBecause = because;
    return this.process.end();
  }

  /** What a request was rejected with, as a caller can show it. */
  async explain(error: unknown): Promise<EngineError> {
    if (isConnectionLost(error)) return this.connectionLost();
    const engineError = toEngineError(error);
    const stack = stackOf(error);
    if (stack !== undefined && engineError.code !== 'cancelled') this.options.log.debug(`In the engine: ${stack}`);
    return engineError;
  }

  private async connectionLost(): Promise<EngineError> {
    return this.endedBecause ?? endedError(await this.process.exited, 'Try again.');
  }

  private async start(): Promise<InitializeResult> {
    try {
      const params = await this.options.initialize();
      const engine = await this.connection.sendRequest(initializeRequest, params);
      this.options.onReady(engine);
      return engine;
    } catch (error) {
      const engineError = await this.explain(error);
      // A crash is handled where the exit is seen.
      if (!isConnectionLost(error)) {
        this.options.onRefused(engineError);
        await this.end(engineError);
      }
      throw engineError;
    }
  }

  private waitForProgress(): void {
    clearTimeout(this.stallTimer);
    this.stallTimer = setTimeout(() => this.endStalled(), this.options.stalledAfterMs);
  }

  private endStalled(): void {
    const seconds = this.options.stalledAfterMs / 1000;
    const stalled = (advice: string): EngineError =>
      new EngineError('engineEnded', `The engine was ended: its start made no progress for ${seconds} s. ${advice}`);
    this.options.onStalled(stalled);
    void this.end(stalled('Try again.'));
  }
}

/** Where in the engine's code an error came up, if its answer says so. */
function stackOf(error: unknown): string | undefined {
  if (!(error instanceof ResponseError)) return undefined;
  const stack = (error.data as { readonly stack?: unknown } | undefined)?.stack;
  return typeof stack === 'string' ? stack : undefined;
}
