/** What an engine is asked and what it answers, whatever carries it; it knows only the types that a completion is made of. */
import type { CompletionPath, ScoredToken } from './completionPath';
import type { EngineCapabilities } from './engine';
import type { ModelProfile } from './modelProfile';
import type { FillInTheMiddle, PromptPart } from './promptPart';

export type { Candidate, CompletionPath, ScoredToken, StopReason } from './completionPath';
export type { PromptPart } from './promptPart';

/** Execution providers a user may ask for; `auto` measures what this machine offers and takes the fastest. */
export const executionProviders = ['auto', 'cpu', 'cuda', 'directml', 'coreml', 'webgpu'] as const;
export type ExecutionProvider = (typeof executionProviders)[number];
export type ConcreteExecutionProvider = Exclude<ExecutionProvider, 'auto'>;

/** The session whose cache and workspace memory a request is about; the engine's default one where it names none. */
export interface SessionParams {
  readonly session?: string;
}

export interface CloseSessionParams {
  readonly session: string;
}

export interface CompleteParams extends SessionParams {
  readonly prompt: readonly PromptPart[];
  /** Candidates to report for a position, 1 to the size of the vocabulary. */
  readonly topK: number;
  /** Other paths wanted besides the best one. */
  readonly alternatives: number;
  readonly maxTokens: number;
  /** False stops at the first line end. */
  readonly multiLine: boolean;
  /** Milliseconds after which what is there is returned; 0 is no limit. */
  readonly budgetMs: number;
  /** What the budget counts from; the request, unless told otherwise. `firstText`: there will be one, however long the prompt takes. */
  readonly budgetFrom?: 'request' | 'firstText';
  readonly promptLookup: boolean;
  readonly tokenHealing: boolean;
  /** Token ids that the path must begin with: a fork from another candidate. */
  readonly startTokens?: readonly number[];
}

export interface Timings {
  /** Waiting for earlier requests. */
  readonly queueMs: number;
  readonly prefillTokens: number;
  /** Prompt tokens whose cache rows were still there. */
  readonly reusedTokens: number;
  readonly prefillMs: number;
  readonly decodeMs: number;
  readonly decodedTokens: number;
  readonly acceptedDraftTokens: number;
}

export interface CompleteResult extends CompletionPath {
  readonly alternatives: readonly CompletionPath[];
  readonly timings: Timings;
  readonly model: string;
}

/** The tokens decoded so far, sent while a completion runs. */
export interface CompleteProgress {
  readonly text: string;
  readonly tokens: readonly ScoredToken[];
}

export interface ScoreParams extends SessionParams {
  readonly text: string;
  readonly topK: number;
}

/** A token of an existing text; `start` and `end` are offsets in UTF-16 code units. */
export interface ScoredTextToken extends ScoredToken {
  /** -log2 of the probability: how surprising the token was. */
  readonly bits: number;
  readonly start: number;
  readonly end: number;
}

export interface ScoreResult {
  readonly tokens: readonly ScoredTextToken[];
  readonly bitsPerCharacter: number;
  /** 2 to the mean bits a token. */
  readonly perplexity: number;
  readonly model: string;
}

export interface ScoreProgress {
  readonly scoredTokens: number;
  readonly totalTokens: number;
}

/** Teacher-forced scores of `expected` after a prompt: what an evaluation needs. */
export interface ScoreContinuationParams extends SessionParams {
  readonly prompt: readonly PromptPart[];
  readonly expected: string;
}

export interface ScoreContinuationResult {
  /** Rank of each expected token, 1 is the best; the first may be partly typed. */
  readonly ranks: readonly number[];
  /** Sum of -log2 probability over the expected tokens. */
  readonly bits: number;
}

export interface InitializeParams {
  readonly modelDirectory: string;
  readonly executionProvider: ExecutionProvider;
  /** Threads for one operator; 0 lets the engine choose. */
  readonly threads: number;
  /** Where verification and probe results are remembered. */
  readonly cacheDirectory: string | undefined;
}

export interface InitializeResult {
  readonly model: string;
  readonly executionProvider: ConcreteExecutionProvider;
  /** Why this provider, when the wish could not be met or `auto` decided. */
  readonly executionProviderReason: string;
  readonly capabilities: EngineCapabilities;
  /** False where the confidence of this model's completions is no chance of being right. */
  readonly calibrated: boolean;
  readonly profile: ModelProfile;
  readonly vocabularySize: number;
  readonly contextLength: number;
  readonly threads: number;
  readonly loadMs: number;
  readonly onnxruntimeVersion: string;
  /** Which side of the caret the model wants first, if it was trained to fill in the middle. */
  readonly fillInTheMiddle?: FillInTheMiddle;
}

/** A prompt that a completion is likely to need soon. */
export interface WarmParams extends SessionParams {
  readonly prompt: readonly PromptPart[];
}

/** Files for the session's workspace memory. They are remembered until they are replaced or the session ends. */
export interface RememberParams extends SessionParams {
  /** True forgets every other file. */
  readonly replaceAll: boolean;
  /** A file without a text is forgotten. */
  readonly files: readonly { readonly name: string; readonly text?: string }[];
}

/** What a provider did in a throw-away process. */
export interface ProviderProbe {
  readonly executionProvider: ConcreteExecutionProvider;
  /** The installed binary names it. */
  readonly compiledIn: boolean;
  readonly usable: boolean;
  readonly reason: string;
  readonly decodeMs?: number;
}

export interface LoadProgress {
  readonly stage: 'verifying' | 'probing' | 'loading';
  /** Of the whole start, 0 to 1; never less than before. */
  readonly fraction: number;
}

/** What an engine error means to a caller; the message is fit for a user. */
export const engineErrorCodes = {
  modelInvalid: 1001,
  platformUnsupported: 1002,
  badRequest: 1004,
  outOfMemory: 1005,
  internal: 1006,
} as const;
export type EngineErrorCode = keyof typeof engineErrorCodes;
/** Sent with an error that nobody expected. */
export interface ErrorData {
  /** Where in the engine it was thrown. */
  readonly stack?: string;
}
/** Said from both sides: by an engine that could still answer, and about one that could not. */
export const outOfMemoryAdvice = 'Close other programs, use fewer threads, or take a smaller model.';
