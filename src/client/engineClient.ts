/* eslint max-lines: ["error", { "max": 275, "skipBlankLines": true, "skipComments": true }] -- until one run of the process is a file of its own */
import { setTimeout as delay } from 'node:timers/promises';
import { CancellationTokenSource, Emitter, type Event, type ProgressType, type RequestType } from 'vscode-jsonrpc';
import type { PromptPart } from '../protocol/promptPart';
import { logNotification } from '../protocol/log';
import { endedError } from './endedError';
import { EngineError, isConnectionLost, toEngineError } from '../protocol/engineError';
import { type EngineExit, EngineProcess } from './engineProcess';
import {
  type CloseSessionParams,
  closeSessionRequest,
  type CompleteParams,
  type CompleteProgress,
  completeProgress,
  completeRequest,
  type CompleteResult,
  type ErrorData,
  initializeRequest,
  type InitializeResult,
  loadProgressNotification,
  openSessionRequest,
  type ProviderProbe,
  probeProvidersRequest,
  type RememberParams,
  rememberRequest,
  type ScoreContinuationParams,
  scoreContinuationRequest,
  type ScoreContinuationResult,
  type ScoreParams,
  type ScoreProgress,
  scoreProgress,
  scoreRequest,
  type ScoreResult,
  type SessionParams,
  type WarmParams,
  warmRequest,
} from '../protocol/messages';
import type { EngineClientOptions, EngineState } from './engineClientOptions';
import type { Engine, RequestOptions } from '../protocol/engine';
import { RestartPolicy } from './restartPolicy';

export type { EngineClientOptions, EngineState } from './engineClientOptions';

/** Longer than the longest silence of a sound start: a provider that is tried has a minute. */
const defaultStalledAfterMs = 120_000;
const stoppedMessage = 'The engine was stopped before it could answer. Try again.';

interface Running {
  readonly process: EngineProcess;
  readonly ready: Promise<InitializeResult>;
}

/** The engine as the editor and the command line see it: starts at the first request, again after a crash, ends when idle. */
export class EngineClient implements Engine {
  private readonly stateEmitter = new Emitter<EngineState>();
  readonly onDidChangeState: Event<EngineState> = this.stateEmitter.event;
  private currentState: EngineState = { kind: 'stopped' };
  private running: Running | undefined;
  /** What is told of those that were ended from here. */
  private readonly ended = new WeakMap<Running, EngineError>();
  private restartPolicy = new RestartPolicy();
  private pendingRequests = 0;
  private nextProgressToken = 0;
  private idleTimer: NodeJS.Timeout | undefined;
  private disposed = false;

  constructor(private options: EngineClientOptions) {}

  get state(): EngineState {
    return this.currentState;
  }

  get processId(): number | undefined {
    return this.running?.process.id;
  }

  /** Starts the engine unless it runs; rejects with an EngineError that says why it could not. */
  async start(signal?: AbortSignal): Promise<InitializeResult> {
    try {
      return await (
        await this.engine(signal)
      ).ready;
    } catch (error) {
      if (signal?.aborted) throw new EngineError('cancelled', 'The start was cancelled.');
      throw toEngineError(error);
    } finally {
      this.startIdleTimer();
    }
  }

  openSession(options: RequestOptions = {}): Promise<{ session: string }> {
    return this.request(options, ({ connection }) => connection.sendRequest(openSessionRequest));
  }

  async closeSession(params: CloseSessionParams, options: RequestOptions = {}): Promise<void> {
    await this.request(options, (_, send) => send(closeSessionRequest, params));
  }

  complete(params: CompleteParams, options: RequestOptions<CompleteProgress> = {}): Promise<CompleteResult> {
    return this.requestWithProgress(completeRequest, completeProgress, params, options);
  }

  score(params: ScoreParams, options: RequestOptions<ScoreProgress> = {}): Promise<ScoreResult> {
    return this.requestWithProgress(scoreRequest, scoreProgress, params, options);
  }

  scoreContinuation(params: ScoreContinuationParams, options: RequestOptions = {}): Promise<ScoreContinuationResult> {
    return this.request(options, (_, send) => send(scoreContinuationRequest, params));
  }

  warmPrompt(
    prompt: readonly PromptPart[],
    { signal, session }: RequestOptions & SessionParams = {},
  ): Promise<{ prefillTokens: number }> {
    const params: WarmParams = { prompt, ...(session !== undefined && { session }) };
    return this.request({ signal }, (_, send) => send(warmRequest, params));
  }

  /** Puts files into the engine's workspace memory. */
  rememberFiles(params: RememberParams, options: RequestOptions = {}): Promise<{ rememberedTokens: number }> {
    return this.request(options, (_, send) => send(rememberRequest, params));
  }

  probeProviders(): Promise<readonly ProviderProbe[]> {
    return this.request({}, ({ connection }) => connection.sendRequest(probeProvidersRequest));
  }

  /** Ends the process and forgets its failures; the next request starts it, with other settings if given. */
  async restart(changes: Partial<Pick<EngineClientOptions, 'initialize' | 'idleUnloadMs'>> = {}): Promise<void> {
    this.options = { ...this.options, ...changes };
    this.restartPolicy = new RestartPolicy();
    await this.stop();
  }

  async dispose(): Promise<void> {
    this.disposed = true;
    await this.stop();
    this.stateEmitter.dispose();
  }

  private async stop(): Promise<void> {
    clearTimeout(this.idleTimer);
    const { running } = this;
    this.running = undefined;
    if (running) this.ended.set(running, new EngineError('engineEnded', stoppedMessage));
    this.setState({ kind: 'stopped' });
    await running?.process.end();
  }

  private requestWithProgress<Params, Result, Progress>(
    type: RequestType<Params & { progress?: number }, Result, ErrorData>,
    progressType: ProgressType<Progress>,
    params: Params,
    options: RequestOptions<Progress>,
  ): Promise<Result> {
    return this.request(options, async ({ connection }, send) => {
      const { onProgress } = options;
      if (!onProgress) return send(type, params);
      const progress = this.nextProgressToken++;
      const listening = connection.onProgress(progressType, progress, onProgress);
      return send(type, { ...params, progress }).finally(() => listening.dispose());
    });
  }

  private async request<Result>(
    { signal }: RequestOptions<never>,
    work: (process: EngineProcess, send: Send) => Promise<Result>,
  ): Promise<Result> {
    this.pendingRequests++;
    clearTimeout(this.idleTimer);
    const cancellation = new CancellationTokenSource();
    const cancel = (): void => cancellation.cancel();
    let running: Running | undefined;
    try {
      running = await this.engine(signal);
      const { process, ready } = running;
      signal?.throwIfAborted();
      signal?.addEventListener('abort', cancel, { once: true });
      await ready;
      signal?.throwIfAborted();
      if (!process.isConnected) throw endedError(await process.exited, 'Try again.');
      const send: Send = (type, params) => process.connection.sendRequest(type, params, cancellation.token);
      // Not raced against the exit: what waits on a promise that outlives the request is never let go. The exit disposes
      // the connection, which rejects what is pending.
      const result = await work(process, send);
      this.restartPolicy.recordSuccess();
      return result;
    } catch (error) {
      if (signal?.aborted) throw new EngineError('cancelled', 'The request was cancelled.');
      throw await this.explain(error, running);
    } finally {
      signal?.removeEventListener('abort', cancel);
      this.pendingRequests--;
      this.startIdleTimer();
    }
  }

  private async engine(signal?: AbortSignal): Promise<Running> {
    if (this.disposed) throw new EngineError('engineEnded', 'Top-K is shutting down.');
    if (this.running) return this.running;
    if (this.currentState.kind === 'failed' && this.currentState.isFinal) throw this.currentState.error;
    if (this.restartPolicy.waitMs > 0) {
      await delay(this.restartPolicy.waitMs, undefined, { ...(signal && { signal }) });
      return this.engine(signal);
    }
    return (this.running = this.launch());
  }

  private launch(): Running {
    const process = new EngineProcess(this.options.enginePath);
    const { connection } = process;
    this.setState({ kind: 'starting' });
    let stalled: NodeJS.Timeout;
    const waitForProgress = (): void => {
      clearTimeout(stalled);
      stalled = setTimeout(() => this.endStalled(running), this.stalledAfterMs);
    };
    waitForProgress();
    connection.onNotification(loadProgressNotification, (progress) => {
      waitForProgress();
      if (this.running === running && this.currentState.kind === 'starting')
        this.setState({ kind: 'starting', progress });
    });
    connection.onNotification(logNotification, ({ level, tag, message }) => {
      this.options.log(level, `Engine, ${tag}: ${message}.`);
    });
    const ready = connection.sendRequest(initializeRequest, this.options.initialize).then(
      (engine) => {
        if (this.running === running) this.setState({ kind: 'ready', engine });
        this.options.log(
          'info',
          `Engine ready: ${engine.model} on ${engine.executionProvider} (${engine.executionProviderReason}).`,
        );
        return engine;
      },
      async (error: unknown) => {
        const engineError = await this.explain(error, running);
        // A crash is handled where the exit is seen; a refusal will not change by trying again.
        if (this.running === running && !isConnectionLost(error)) {
          this.running = undefined;
          this.options.log('error', engineError.message);
          this.setState({ kind: 'failed', error: engineError, isFinal: true });
          await process.end();
        }
        throw engineError;
      },
    );
    // Whoever waits for it is told; nobody has to.
    ready.catch(() => {}).finally(() => clearTimeout(stalled));
    const running: Running = { process, ready };
    void process.exited.then((exit) => this.onExit(running, exit));
    return running;
  }

  /** What a request was rejected with, as a caller can show it. */
  private async explain(error: unknown, running: Running | undefined): Promise<EngineError> {
    if (!running || !isConnectionLost(error)) return toEngineError(error);
    return this.ended.get(running) ?? endedError(await running.process.exited, 'Try again.');
  }

  private onExit(running: Running, exit: EngineExit): void {
    if (this.running !== running) return;
    this.fail((advice) => endedError(exit, advice));
    running.process.connection.dispose();
  }

  /** A start that goes nowhere, as with a driver that hangs: whoever waits for it is told. */
  private endStalled(running: Running): void {
    if (this.running !== running) return;
    const seconds = this.stalledAfterMs / 1000;
    const stalled = (advice: string): EngineError =>
      new EngineError('engineEnded', `The engine was ended: its start made no progress for ${seconds} s. ${advice}`);
    this.ended.set(running, stalled('Try again.'));
    this.fail(stalled);
    void running.process.end();
  }

  private fail(describe: (advice: string) => EngineError): void {
    this.running = undefined;
    this.restartPolicy.recordFailure();
    const isFinal = this.restartPolicy.hasGivenUp;
    const error = describe(
      isFinal ? 'It failed too often to be started again by itself.' : 'It starts again with the next request.',
    );
    this.options.log('error', error.message);
    this.setState({ kind: 'failed', error, isFinal });
  }

  private startIdleTimer(): void {
    const { idleUnloadMs = 0 } = this.options;
    if (idleUnloadMs === 0 || this.pendingRequests > 0 || !this.running) return;
    clearTimeout(this.idleTimer);
    this.idleTimer = setTimeout(() => {
      this.options.log('info', `Engine unloaded after ${idleUnloadMs / 1000} s without a request.`);
      void this.stop();
    }, idleUnloadMs);
    this.idleTimer.unref();
  }

  private get stalledAfterMs(): number {
    return this.options.stalledAfterMs ?? defaultStalledAfterMs;
  }

  private setState(state: EngineState): void {
    this.currentState = state;
    this.stateEmitter.fire(state);
  }
}

type Send = <Params, Result>(type: RequestType<Params, Result, ErrorData>, params: Params) => Promise<Result>;
