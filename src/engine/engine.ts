import { Mutex } from 'async-mutex';
import { env } from './onnx/onnxruntime';
import type { PromptPart } from '../protocol/promptPart';
import type {
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
} from '../protocol/messages';
import type { ModelManifest } from '../model-store/manifest';
import { verifyModel } from '../model-store/verifyModel';
import { CancelledError, type WorkControl } from '../decoding/cancellation';
import { completeText } from './requests/completeText';
import { chooseProvider, loadOrFallBack } from './providers/chooseProvider';
import { type LoadedModel, loadModel } from './loadedModel';
import { prefill } from '../decoding/prefill';
import { trialsOf } from './providers/probeProcess';
import { encodePrompt } from '../decoding/promptTokens';
import { concreteProviders, probeProviders } from './providers/providerProbes';
import { BadRequestError, checkCompleteParams, checkTopK } from './requests/requestChecks';
import { rememberFile } from './requests/rememberFile';
import { scoreContinuation } from './requests/scoreContinuation';
import { scoreText } from './requests/scoreText';
import { defaultThreads } from './onnx/sessionOptions';
import { StartProgress } from './startProgress';

/** One model, one request at a time: they share the cache, and a run takes all threads anyway. */
export class Engine {
  private readonly mutex = new Mutex();
  private setup: InitializeParams | undefined;
  private loaded: LoadedModel | undefined;
  private waitingRequests = 0;

  async initialize(params: InitializeParams, onProgress: (progress: LoadProgress) => void): Promise<InitializeResult> {
    const startedAt = performance.now();
    const { modelDirectory: directory, cacheDirectory, threads } = params;
    this.setup = params;
    const progress = new StartProgress(onProgress);
    const manifest = await verifyModel(directory, { cacheDirectory, onProgress: progress.stage('verifying') });
    const probing = { ...trialsOf(manifest, params), cacheDirectory, onProgress: progress.stage('probing') };
    const probe = (names: readonly ConcreteExecutionProvider[]) => probeProviders(names, probing);
    const choice = await chooseProvider(params.executionProvider, probe);
    progress.stage('loading')(0);
    const load = (executionProvider: ConcreteExecutionProvider): Promise<LoadedModel> =>
      loadModel(manifest, { directory, executionProvider, threads });
    const { executionProvider, reason, loaded } = await loadOrFallBack(choice, load);
    this.loaded = loaded;
    progress.stage('loading')(1);
    return {
      model: manifest.name,
      executionProvider,
      executionProviderReason: reason,
      vocabularySize: manifest.decoder.vocabularySize,
      contextLength: manifest.decoder.contextLength,
      threads: threads || defaultThreads(),
      loadMs: performance.now() - startedAt,
      ...(this.loaded.fillInTheMiddle && { fillInTheMiddle: this.loaded.fillInTheMiddle }),
      onnxruntimeVersion: env.versions.node ?? 'unknown',
    };
  }

  complete(
    params: CompleteParams,
    control: WorkControl & { onProgress?(progress: CompleteProgress): void },
  ): Promise<CompleteResult> {
    const receivedAt = performance.now();
    return this.inTurn(control, (model) => {
      checkCompleteParams(params, model.manifest);
      return completeText(model, params, { ...control, isCancelled: () => control.isCancelled(), receivedAt });
    });
  }

  score(
    params: ScoreParams,
    control: WorkControl & { onProgress?(progress: ScoreProgress): void },
  ): Promise<ScoreResult> {
    return this.inTurn(control, (model) => {
      checkTopK(params.topK, model.manifest);
      return scoreText(model, params, control);
    });
  }

  scoreContinuation(params: ScoreContinuationParams, control: WorkControl): Promise<ScoreContinuationResult> {
    return this.inTurn(control, (model) => scoreContinuation(model, params, control));
  }

  /** Gives way to any other request: it is only there to save that request time. */
  warmPrompt(parts: readonly PromptPart[], control: WorkControl): Promise<{ prefillTokens: number }> {
    return this.inTurn(control, async ({ decoder, tokenizer, manifest, specialTokens }) => {
      const prompt = encodePrompt(parts, tokenizer, {
        specialTokens,
        documentStart: manifest.endOfText[0]!,
        tokenHealing: true,
      });
      const { reusedTokens } = await prefill(decoder, prompt.tokens.slice(0, -1), {
        isCancelled: () => control.isCancelled(),
        isLate: () => this.waitingRequests > 0,
      });
      return { prefillTokens: decoder.cachedTokens.length - reusedTokens };
    });
  }

  /** Takes its turn anew for every piece of a file, so that no other request waits for more than one. */
  async rememberFiles(
    { replaceAll, files }: RememberParams,
    control: WorkControl,
  ): Promise<{ rememberedTokens: number }> {
    let rememberedTokens = 0;
    if (replaceAll) await this.inTurn(control, async ({ memory }) => memory.clear());
    for (const file of files) {
      rememberedTokens += await rememberFile(file, (work) => this.inTurn(control, async (model) => work(model)));
    }
    return { rememberedTokens };
  }

  /** Tries all of them afresh: whoever asks wants to know how it is now. */
  async probeProviders(): Promise<readonly ProviderProbe[]> {
    const setup = this.setup ?? notInitialised();
    const { modelDirectory, cacheDirectory } = setup;
    const manifest: ModelManifest = this.loaded?.manifest ?? (await verifyModel(modelDirectory, { cacheDirectory }));
    return probeProviders(concreteProviders, { ...trialsOf(manifest, setup), cacheDirectory, isAfresh: true });
  }

  private async inTurn<Result>(control: WorkControl, work: (model: LoadedModel) => Promise<Result>): Promise<Result> {
    const model = this.loaded ?? notInitialised();
    this.waitingRequests++;
    const release = await this.mutex.acquire();
    this.waitingRequests--;
    try {
      if (control.isCancelled()) throw new CancelledError();
      return await work(model);
    } finally {
      release();
    }
  }
}

function notInitialised(): never {
  throw new BadRequestError('The engine was asked to work before a model was loaded; send "initialize" first.');
}
