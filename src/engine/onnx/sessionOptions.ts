import { availableParallelism } from 'node:os';
import type { InferenceSession } from './onnxruntime';
import type { ConcreteExecutionProvider } from '../../protocol/messages';
import { providerOf } from '../providers/providers';

/** Threads that `0` stands for: beyond four, a 135M model waits for its slowest core. */
export function defaultThreads(): number {
  return Math.max(1, Math.min(4, availableParallelism()));
}

/**
 * Options of a session. Measured on 2 cores: threads that spin 200 µs for more work within a run decode as fast as ones
 * that spin without limit (7.8 against 9.2 ms a token; 11.3 without spinning), and are asleep as soon as the run is over.
 * Memory patterns are off because every run has another length.
 */
export function sessionOptions(provider: ConcreteExecutionProvider, threads: number): InferenceSession.SessionOptions {
  const { ortName, sessionOptions: own } = providerOf(provider);
  return {
    executionProviders: [ortName],
    intraOpNumThreads: threads || defaultThreads(),
    interOpNumThreads: 1,
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
    enableMemPattern: false,
    // Values must be strings; this binding reads the nested keys as "session.intra_op.spin_duration_us".
    extra: { session: { intra_op: { spin_duration_us: '200' } } },
    ...own,
  };
}
