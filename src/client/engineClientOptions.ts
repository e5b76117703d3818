import type { EngineError } from '../protocol/engineError';
import type { Log } from '../protocol/log';
import type { InitializeParams, InitializeResult } from '../protocol/messages';

export type EngineState =
  | { readonly kind: 'stopped' }
  | { readonly kind: 'starting' }
  | { readonly kind: 'ready'; readonly engine: InitializeResult }
  /** `isFinal`: it does not start again by itself. */
  | { readonly kind: 'failed'; readonly error: EngineError; readonly isFinal: boolean };

export interface EngineClientOptions {
  /** The built entry of the engine, `dist/engine.js`. */
  readonly enginePath: string;
  /** What every start begins with, or how to find it; its EngineError is then why the engine cannot start. */
  readonly initialize: InitializeParams | (() => Promise<InitializeParams>);
  /** Milliseconds without a request after which the process is ended and its memory given back; 0 keeps it. */
  readonly idleUnloadMs?: number;
  /** Milliseconds without progress after which a start is given up. */
  readonly stalledAfterMs?: number;
  /** Told what becomes of the engine, what it says itself, and, at `trace`, what requests took. */
  readonly log: Log;
}
