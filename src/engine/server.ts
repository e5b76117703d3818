import { type MessageConnection, ResponseError } from 'vscode-jsonrpc';
import {
  closeSessionRequest,
  completeProgress,
  completeRequest,
  initializeRequest,
  loadProgressNotification,
  openSessionRequest,
  probeProvidersRequest,
  rememberRequest,
  scoreContinuationRequest,
  scoreProgress,
  scoreRequest,
  warmRequest,
} from '../channel/requests';
import { requestCancelled } from '../channel/rejections';
import { engineErrorCodes, type ErrorData, outOfMemoryAdvice } from '../protocol/messages';
import { ModelError } from '../model-store/modelError';
import { CancelledError } from '../decoding/cancellation';
import type { ModelHost, RequestControl } from './modelHost';
import { BadRequestError } from './requests/requestChecks';

/** Answers the client's requests with the engine. */
export function serve(connection: MessageConnection, engine: ModelHost): void {
  connection.onRequest(initializeRequest, (params) =>
    answer(
      engine.initialize(params, (progress) => void connection.sendNotification(loadProgressNotification, progress)),
    ),
  );
  connection.onRequest(openSessionRequest, () => answer(Promise.resolve().then(() => engine.openSession())));
  connection.onRequest(closeSessionRequest, (params) =>
    answer(Promise.resolve().then(() => engine.closeSession(params))),
  );
  connection.onRequest(completeRequest, ({ progress, ...params }, token) =>
    answer(
      engine.complete(params, {
        ...controlOf(token),
        ...(progress !== undefined && {
          onProgress: (value) => void connection.sendProgress(completeProgress, progress, value),
        }),
      }),
    ),
  );
  connection.onRequest(scoreRequest, ({ progress, ...params }, token) =>
    answer(
      engine.score(params, {
        ...controlOf(token),
        ...(progress !== undefined && {
          onProgress: (value) => void connection.sendProgress(scoreProgress, progress, value),
        }),
      }),
    ),
  );
  connection.onRequest(scoreContinuationRequest, (params, token) =>
    answer(engine.scoreContinuation(params, controlOf(token))),
  );
  connection.onRequest(warmRequest, (params, token) => answer(engine.warmPrompt(params, controlOf(token))));
  connection.onRequest(rememberRequest, (params, token) => answer(engine.rememberFiles(params, controlOf(token))));
  connection.onRequest(probeProvidersRequest, () => answer(engine.probeProviders()));
  connection.listen();
}

/** Where no engine can run: whoever starts it is told why. */
export function refuse(connection: MessageConnection, why: string): void {
  connection.onRequest(
    initializeRequest,
    () => new ResponseError<ErrorData>(engineErrorCodes.platformUnsupported, why),
  );
  connection.listen();
}

function controlOf(token: { readonly isCancellationRequested: boolean }): RequestControl {
  return { isCancelled: () => token.isCancellationRequested };
}

async function answer<Result>(work: Promise<Result>): Promise<Result | ResponseError<ErrorData>> {
  try {
    return await work;
  } catch (error) {
    const { code, message } = describe(error as Error);
    // Of an expected refusal the stack says nothing that the message does not.
    const { stack } = error as Error;
    const isExpected = code !== engineErrorCodes.internal && code !== engineErrorCodes.outOfMemory;
    return new ResponseError(code, message, isExpected || !stack ? {} : { stack });
  }
}

function describe(error: Error): { code: number; message: string } {
  const { message } = error;
  if (error instanceof CancelledError) return { code: requestCancelled, message };
  if (error instanceof ModelError) return { code: engineErrorCodes.modelInvalid, message };
  if (error instanceof BadRequestError) return { code: engineErrorCodes.badRequest, message };
  if (/bad_alloc|allocat|out of memory/i.test(message)) {
    const code = engineErrorCodes.outOfMemory;
    return { code, message: `The engine ran out of memory (${message}). ${outOfMemoryAdvice}` };
  }
  return { code: engineErrorCodes.internal, message: `The engine failed: ${message}` };
}
