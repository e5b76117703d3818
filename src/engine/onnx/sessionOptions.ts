import { availableParallelism } from 'node:os';
import type { InferenceSession } from './onnxruntime';
import type { ConcreteExecutionProvider } from '../../protocol/messages';

/** ONNX Runtime's names for the execution providers. */
const providerNames: Record<ConcreteExecutionProvider, string> = {
  ...{ cpu: 'cpu', cuda: 'cuda', directml: 'dml', coreml: 'coreml', webgpu: 'webgpu' },
};

/** The int8 cache needs kernels that only these providers are known to have; the others run the float graph. */
const int8CacheProviders: ReadonlySet<ConcreteExecutionProvider> = new Set(['cpu']);

export function cacheTypeFor(provider: ConcreteExecutionProvider): 'int8' | 'float32' {
  return int8CacheProviders.has(provider) ? 'int8' : 'float32';
}

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
  return {
    executionProviders: [providerNames[provider]],
    intraOpNumThreads: threads || defaultThreads(),
    interOpNumThreads: 1,
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
    enableMemPattern: false,
    // Values must be strings; this binding reads the nested keys as "session.intra_op.spin_duration_us".
    extra: { session: { intra_op: { spin_duration_us: '200' } } },
  };
}
