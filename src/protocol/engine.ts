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

/** What an engine can give, as data: not every one is a process with the whole model in reach. */
export interface EngineCapabilities {
  /** Logits of candidates, and with them ranks, entropy and the remaining mass; else log-probabilities of a few only. */
  readonly logits: boolean;
  /** Tokens have the ids of a vocabulary that callers may send back. */
  readonly tokenIds: boolean;
  /** A completion may begin with given tokens. */
  readonly fork: boolean;
  /** Files can be remembered, and have their share in the scores. */
  readonly memory: boolean;
  /** Existing texts can be scored. */
  readonly score: boolean;
  /** The context vectors that the head multiplies. */
  readonly hiddenStates: boolean;
  /** Which experts each token went through. */
  readonly routing: boolean;
  /** Candidates that can be reported for a position. */
  readonly largestTopK: number;
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
