import { setTimeout as delay } from 'node:timers/promises';
import { CancellationTokenSource, Emitter, type Event, type ProgressType, type RequestType } from 'vscode-jsonrpc';
import { toEngineError } from '../channel/rejections';
import {
  closeSessionRequest,
  completeProgress,
  completeRequest,
  openSessionRequest,
  probeProvidersRequest,
  rememberRequest,
  scoreContinuationRequest,
  scoreProgress,
  scoreRequest,
  warmRequest,
} from '../channel/requests';
import type { Engine, RequestOptions } from '../protocol/engine';
import { EngineError } from '../protocol/engineError';
import type {
  CloseSessionParams,
  CompleteParams,
  CompleteProgress,
  CompleteResult,
  ErrorData,
  InitializeResult,
  LoadProgress,
  ProviderProbe,
  RememberParams,
  ScoreContinuationParams,
  ScoreContinuationResult,
  ScoreParams,
  ScoreProgress,
  ScoreResult,
  SessionParams,
  Timings,
  WarmParams,
} from '../protocol/messages';
import type { PromptPart } from '../protocol/promptPart';
import { endedError } from './endedError';
import type { EngineClientOptions, EngineState } from './engineClientOptions';
import { EngineRun } from './engineRun';
import { describeTimings } from './requestTimings';
import { RestartPolicy } from './restartPolicy';

export type { EngineClientOptions, EngineState } from './engineClientOptions';

/** Longer than the longest silence of a sound start: a provider that is tried has a minute. */
const defaultStalledAfterMs = 120_000;
const stoppedMessage = 'The engine was stopped before it could answer. Try again.';

/** The engine as the editor and the command line see it: starts at the first request, again after a crash, ends when idle. */
export class EngineClient implements Engine {
  private readonly stateEmitter = new Emitter<EngineState>();
  /** Only where the state becomes another; how far a start is, `onProgress` tells. */
  readonly onDidChangeState: Event<EngineState> = this.stateEmitter.event;
  private readonly progressEmitter = new Emitter<LoadProgress>();
  /** How far the start is, while the engine is starting. */
  readonly onProgress: Event<LoadProgress> = this.progressEmitter.event;
  private currentState: EngineState = { kind: 'stopped' };
  private currentProgress: LoadProgress | undefined;
  private running: EngineRun | undefined;
  private restartPolicy = new RestartPolicy();
  private pendingRequests = 0;
  private nextProgressToken = 0;
  private idleTimer: NodeJS.Timeout | undefined;
  private disposed = false;

  constructor(private options: EngineClientOptions) {}

  get state(): EngineState {
    return this.currentState;
  }

  /** What `onProgress` told last; undefined unless the engine is starting. */
  get progress(): LoadProgress | undefined {
    return this.currentState.kind === 'starting' ? this.currentProgress : undefined;
  }

  get processId(): number | undefined {
    return this.running?.processId;
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
    this.progressEmitter.dispose();
  }

  private async stop(): Promise<void> {
    clearTimeout(this.idleTimer);
    const { running } = this;
    this.running = undefined;
    // At once, and not when the process is gone: another one may be ready by then.
    if (this.currentState.kind !== 'stopped') this.setState({ kind: 'stopped' });
    await running?.end(new EngineError('engineEnded', stoppedMessage));
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
    work: (run: EngineRun, send: Send) => Promise<Result>,
  ): Promise<Result> {
    this.pendingRequests++;
    clearTimeout(this.idleTimer);
    const cancellation = new CancellationTokenSource();
    const cancel = (): void => cancellation.cancel();
    let running: EngineRun | undefined;
    try {
      running = await this.engine(signal);
      const { connection, ready } = running;
      signal?.throwIfAborted();
      signal?.addEventListener('abort', cancel, { once: true });
      await ready;
      signal?.throwIfAborted();
      await running.checkConnected();
      const send: Send = async (type, params) => {
        const sentAt = performance.now();
        const answer = await connection.sendRequest(type, params, cancellation.token);
        this.options.log.trace(describeTimings(type.method, performance.now() - sentAt, timingsOf(answer)));
        return answer;
      };
      // Not raced against the exit: what waits on a promise that outlives the request is never let go. The exit disposes
      // the connection, which rejects what is pending.
      const result = await work(running, send);
      this.restartPolicy.recordSuccess();
      return result;
    } catch (error) {
      if (signal?.aborted) throw new EngineError('cancelled', 'The request was cancelled.');
      throw running ? await running.explain(error) : toEngineError(error);
    } finally {
      signal?.removeEventListener('abort', cancel);
      this.pendingRequests--;
      this.startIdleTimer();
    }
  }

  private async engine(signal?: AbortSignal): Promise<EngineRun> {
    if (this.disposed) throw new EngineError('engineEnded', 'Top-K is shutting down.');
    if (this.running) return this.running;
    if (this.currentState.kind === 'failed' && this.currentState.isFinal) throw this.currentState.error;
    if (this.restartPolicy.waitMs > 0) {
      await delay(this.restartPolicy.waitMs, undefined, { ...(signal && { signal }) });
      return this.engine(signal);
    }
    return this.launch();
  }

  /** What an earlier run still tells is about that run, and no longer about the engine. */
  private launch(): EngineRun {
    const { enginePath, initialize, stalledAfterMs = defaultStalledAfterMs, log } = this.options;
    const ifCurrent =
      <Arguments extends unknown[]>(listener: (...values: Arguments) => void) =>
      (...values: Arguments): void => {
        if (this.running === run) listener(...values);
      };
    const run: EngineRun = new EngineRun({
      enginePath,
      stalledAfterMs,
      log,
      initialize: async () => (typeof initialize === 'function' ? initialize() : initialize),
      onProgress: ifCurrent((progress) => {
        this.currentProgress = progress;
        this.progressEmitter.fire(progress);
      }),
      onReady: ifCurrent((engine) => {
        this.setState({ kind: 'ready', engine });
        log.info(`Engine ready: ${engine.model} on ${engine.executionProvider} (${engine.executionProviderReason}).`);
      }),
      onRefused: ifCurrent((error) => {
        this.running = undefined;
        log.error(error.message);
        this.setState({ kind: 'failed', error, isFinal: true });
      }),
      onExit: ifCurrent((exit) => this.fail((advice) => endedError(exit, advice))),
      onStalled: ifCurrent((describe) => this.fail(describe)),
    });
    this.running = run;
    this.currentProgress = undefined;
    this.setState({ kind: 'starting' });
    return run;
  }

  private fail(describe: (advice: string) => EngineError): void {
    this.running = undefined;
    this.restartPolicy.recordFailure();
    const isFinal = this.restartPolicy.hasGivenUp;
    const error = describe(
      isFinal ? 'It failed too often to be started again by itself.' : 'It starts again with the next request.',
    );
    this.options.log.error(error.message);
    this.setState({ kind: 'failed', error, isFinal });
  }

  private startIdleTimer(): void {
    const { idleUnloadMs = 0 } = this.options;
    if (idleUnloadMs === 0 || this.pendingRequests > 0 || !this.running) return;
    clearTimeout(this.idleTimer);
    this.idleTimer = setTimeout(() => {
      this.options.log.info(`Engine unloaded after ${idleUnloadMs / 1000} s without a request.`);
      void this.stop();
    }, idleUnloadMs);
    this.idleTimer.unref();
  }

  private setState(state: EngineState): void {
    this.currentState = state;
    this.stateEmitter.fire(state);
  }
}

/** Only the answer to a completion says what took how long. */
function timingsOf(answer: unknown): Timings | undefined {
  return (answer as Partial<CompleteResult> | null)?.timings;
}

type Send = <Params, Result>(type: RequestType<Params, Result, ErrorData>, params: Params) => Promise<Result>;
