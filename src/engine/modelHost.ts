import { setImmediate } from 'node:timers/promises';
import { env } from './onnx/onnxruntime';
import type { EngineCapabilities } from '../protocol/engine';
import type {
  CloseSessionParams,
  CompleteParams,
  CompleteProgress,
  CompleteResult,
  ConcreteExecutionProvider,
  InitializeParams,
  InitializeResult,
  LoadProgress,
  ProviderProbe,
  RememberParams,
  ScoreContinuationParams,
  ScoreContinuationResult,
  ScoreParams,
  ScoreProgress,
  ScoreResult,
  WarmParams,
} from '../protocol/messages';
import type { ModelManifest } from '../model-store/manifest';
import { verifyModel } from '../model-store/verifyModel';
import type { WorkControl } from '../decoding/cancellation';
import { completeText } from './requests/completeText';
import { chooseProvider, loadOrFallBack } from './providers/chooseProvider';
import { type LoadedModel, loadModel } from './loadedModel';
import { trialsOf } from './providers/probeProcess';
import { probeProviders } from './providers/providerProbes';
import { concreteProviders } from './providers/providers';
import { BadRequestError, checkCompleteParams, checkTopK } from './requests/requestChecks';
import { rememberFile } from './requests/rememberFile';
import { scoreContinuation } from './requests/scoreContinuation';
import { scoreText } from './requests/scoreText';
import { warmPrompt } from './requests/warmPrompt';
import { type Log, loggedWhenSlow, memoryInUse } from './requestLog';
import { type Priority, Scheduler } from './scheduler';
import { type Session, Sessions } from './sessions';
import { defaultThreads } from './onnx/sessionOptions';
import { StartProgress } from './startProgress';

/** What a request may be asked and told while it waits and runs. */
export type RequestControl = Pick<WorkControl, 'isCancelled'>;

interface TurnControl extends WorkControl {
  /** More urgent work is waiting. */
  isLate(): boolean;
}

/** One model for all sessions, and one piece of work at a time: see Scheduler. */
export class ModelHost {
  private readonly scheduler = new Scheduler();
  private setup: InitializeParams | undefined;
  private loaded: LoadedModel | undefined;
  private sessions: Sessions | undefined;

  constructor(private readonly log: Log = () => {}) {}

  async initialize(params: InitializeParams, onProgress: (progress: LoadProgress) => void): Promise<InitializeResult> {
    const startedAt = performance.now();
    const { modelDirectory: directory, cacheDirectory, threads } = params;
    this.setup = params;
    const progress = new StartProgress(onProgress);
    const logLoad = (message: string): void => {
      const after = Math.round(performance.now() - startedAt);
      this.log({ level: 'debug', tag: 'load', message: `${message} after ${after} ms, ${memoryInUse()}` });
    };
    const manifest = await verifyModel(directory, { cacheDirectory, onProgress: progress.stage('verifying') });
    logLoad(`${manifest.name} verified`);
    const probing = { ...trialsOf(manifest, params), cacheDirectory, onProgress: progress.stage('probing') };
    const probe = (names: readonly ConcreteExecutionProvider[]) => probeProviders(names, probing);
    const choice = await chooseProvider(params.executionProvider, probe);
    progress.stage('loading')(0);
    this.log({ level: 'debug', tag: 'provider', message: `${choice.executionProvider} chosen: ${choice.reason}` });
    const load = (executionProvider: ConcreteExecutionProvider): Promise<LoadedModel> =>
      loadModel(manifest, { directory, executionProvider, threads });
    const { executionProvider, reason, loaded } = await loadOrFallBack(choice, load);
    this.loaded = loaded;
    this.sessions = new Sessions(loaded);
    progress.stage('loading')(1);
    if (executionProvider !== choice.executionProvider) {
      this.log({ level: 'info', tag: 'provider', message: `${executionProvider} taken instead: ${reason}` });
    }
    logLoad(`${manifest.name} loaded on ${executionProvider}`);
    return {
      model: manifest.name,
      executionProvider,
      executionProviderReason: reason,
      capabilities: capabilitiesOf(manifest),
      calibrated: loaded.profile.confidence !== undefined,
      profile: loaded.profile,
      vocabularySize: manifest.decoder.vocabularySize,
      contextLength: manifest.decoder.contextLength,
      threads: threads || defaultThreads(),
      loadMs: performance.now() - startedAt,
      ...(this.loaded.fillInTheMiddle && { fillInTheMiddle: this.loaded.fillInTheMiddle }),
      onnxruntimeVersion: env.versions.node ?? 'unknown',
    };
  }

  openSession(): { session: string } {
    const session = this.openSessions().open();
    this.log({ level: 'debug', tag: 'sessions', message: `${session} opened, ${memoryInUse()}` });
    return { session };
  }

  closeSession({ session }: CloseSessionParams): null {
    this.openSessions().close(session);
    this.log({ level: 'debug', tag: 'sessions', message: `${session} closed, ${memoryInUse()}` });
    return null;
  }

  complete(
    params: CompleteParams,
    control: RequestControl & { onProgress?(progress: CompleteProgress): void },
  ): Promise<CompleteResult> {
    const receivedAt = performance.now();
    return this.inTurn('complete', params.session, control, (session, { isCancelled, pause }) => {
      checkCompleteParams(params, session.manifest);
      const onProgress = control.onProgress?.bind(control);
      return completeText(session, params, { isCancelled, pause, receivedAt, ...(onProgress && { onProgress }) });
    });
  }

  score(
    params: ScoreParams,
    control: RequestControl & { onProgress?(progress: ScoreProgress): void },
  ): Promise<ScoreResult> {
    return this.inTurn('score', params.session, control, (session, { isCancelled, pause }) => {
      checkTopK(params.topK, session.manifest);
      const onProgress = control.onProgress?.bind(control);
      return scoreText(session, params, { isCancelled, pause, ...(onProgress && { onProgress }) });
    });
  }

  scoreContinuation(params: ScoreContinuationParams, control: RequestControl): Promise<ScoreContinuationResult> {
    return this.inTurn('score', params.session, control, (session, work) => scoreContinuation(session, params, work));
  }

  /** Is only there to save a completion time, so it ends where one waits. */
  warmPrompt({ prompt, session }: WarmParams, control: RequestControl): Promise<{ prefillTokens: number }> {
    return this.inTurn('warmPrompt', session, control, (warmed, work) => warmPrompt(warmed, prompt, work));
  }

  /** Takes its turn anew for every piece of a file, so that no other request waits for more than one. */
  async rememberFiles(
    { replaceAll, files, session }: RememberParams,
    control: RequestControl,
  ): Promise<{ rememberedTokens: number }> {
    const inTurn = <Result>(work: (session: Session) => Result): Promise<Result> =>
      this.inTurn('rememberFiles', session, control, async (remembering) => work(remembering));
    let rememberedTokens = 0;
    if (replaceAll) await inTurn(({ memory }) => memory.clear());
    for (const file of files) rememberedTokens += await rememberFile(file, inTurn);
    return { rememberedTokens };
  }

  /** Tries all of them afresh: whoever asks wants to know how it is now. */
  async probeProviders(): Promise<readonly ProviderProbe[]> {
    const setup = this.setup ?? notInitialised();
    const { modelDirectory, cacheDirectory } = setup;
    const manifest: ModelManifest = this.loaded?.manifest ?? (await verifyModel(modelDirectory, { cacheDirectory }));
    return probeProviders(concreteProviders, { ...trialsOf(manifest, setup), cacheDirectory, isAfresh: true });
  }

  private async inTurn<Result>(
    priority: Priority,
    sessionId: string | undefined,
    { isCancelled }: RequestControl,
    work: (session: Session, control: TurnControl) => Promise<Result>,
  ): Promise<Result> {
    const session = this.openSessions().find(sessionId);
    return loggedWhenSlow(this.log, priority, () =>
      this.scheduler.run({ priority, session, isCancelled }, ({ isWanted, giveWay }) => {
        // Scores have a cache of their own: nothing is in the way of others while they pause.
        const pause = async (): Promise<void> => {
          await letMessagesIn();
          if (priority === 'score') await giveWay();
        };
        return work(session, { isCancelled, pause, isLate: isWanted });
      }),
    );
  }

  private openSessions(): Sessions {
    return this.sessions ?? notInitialised();
  }
}

/** All that the model has is in reach, but nothing asks for its context vectors yet. */
function capabilitiesOf({ decoder }: ModelManifest): EngineCapabilities {
  return {
    logits: true,
    tokenIds: true,
    fork: true,
    memory: true,
    score: true,
    hiddenStates: false,
    routing: false,
    largestTopK: decoder.vocabularySize,
  };
}

/** One turn of the event loop to read messages that wait, and one for the connection to dispatch them. */
async function letMessagesIn(): Promise<void> {
  await setImmediate();
  await setImmediate();
}

function notInitialised(): never {
  throw new BadRequestError('The engine was asked to work before a model was loaded; send "initialize" first.');
}
