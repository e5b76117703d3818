/**
 * Every message between the engine process and its client, over `vscode-jsonrpc` (ids, cancellation and progress are the
 * library's). Both sides import it.
 */
import { NotificationType, ProgressType, RequestType, RequestType0 } from 'vscode-jsonrpc';
import type { LogMessage } from '../protocol/engineLog';
import type {
  CloseSessionParams,
  CompleteParams,
  CompleteProgress,
  CompleteResult,
  ErrorData,
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

export const initializeRequest = new RequestType<InitializeParams, InitializeResult, ErrorData>('initialize');
/** A session has a cache and a workspace memory of its own over the shared model. */
export const openSessionRequest = new RequestType0<{ session: string }, ErrorData>('openSession');
/** Gives both back; requests of the session that run already are still answered. */
export const closeSessionRequest = new RequestType<CloseSessionParams, null, ErrorData>('closeSession');
export const completeRequest = new RequestType<CompleteParams & { progress?: number }, CompleteResult, ErrorData>(
  'complete',
);
export const scoreRequest = new RequestType<ScoreParams & { progress?: number }, ScoreResult, ErrorData>('score');
export const scoreContinuationRequest = new RequestType<ScoreContinuationParams, ScoreContinuationResult, ErrorData>(
  'scoreContinuation',
);
/** Puts a prompt into the cache while the user reads, so that the first completion need not wait for it. */
export const warmRequest = new RequestType<WarmParams, { prefillTokens: number }, ErrorData>('warmPrompt');
/** Gives way to every other request between two pieces of a file. */
export const rememberRequest = new RequestType<RememberParams, { rememberedTokens: number }, ErrorData>(
  'rememberFiles',
);
/** Tries every provider that the platform's binary offers. */
export const probeProvidersRequest = new RequestType0<readonly ProviderProbe[], ErrorData>('probeProviders');

export const completeProgress = new ProgressType<CompleteProgress>();
export const scoreProgress = new ProgressType<ScoreProgress>();
export const loadProgressNotification = new NotificationType<LoadProgress>('loadProgress');
export const logNotification = new NotificationType<LogMessage>('log');
