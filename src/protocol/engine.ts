import type {
  CloseSessionParams,
  CompleteParams,
  CompleteProgress,
  CompleteResult,
  ProviderProbe,
  RememberParams,
  ScoreContinuationParams,
  ScoreContinuationResult,
  ScoreParams,
  ScoreProgress,
  ScoreResult,
  SessionParams,
} from './messages';
import type { PromptPart } from './promptPart';

export interface RequestOptions<Progress = never> {
  readonly signal?: AbortSignal | undefined;
  onProgress?(progress: Progress): void;
}

/**
 * An engine as its callers see it, wherever it runs: in a process of its own today, shared by several windows or on a server
 * later. Every method rejects with an EngineError.
 */
export interface Engine {
  /** Opens a session: a cache and a workspace memory of its own. Requests that name none share the default one. */
  openSession(options?: RequestOptions): Promise<{ session: string }>;
  closeSession(params: CloseSessionParams, options?: RequestOptions): Promise<void>;
  complete(params: CompleteParams, options?: RequestOptions<CompleteProgress>): Promise<CompleteResult>;
  /** Brings a prompt into the cache; every other request goes first. */
  warmPrompt(
    prompt: readonly PromptPart[],
    options?: RequestOptions & SessionParams,
  ): Promise<{ prefillTokens: number }>;
  score(params: ScoreParams, options?: RequestOptions<ScoreProgress>): Promise<ScoreResult>;
  scoreContinuation(params: ScoreContinuationParams, options?: RequestOptions): Promise<ScoreContinuationResult>;
  /** Puts files into the session's workspace memory. */
  rememberFiles(params: RememberParams, options?: RequestOptions): Promise<{ rememberedTokens: number }>;
  /** Tries every execution provider that the platform's binary offers. */
  probeProviders(): Promise<readonly ProviderProbe[]>;
}
