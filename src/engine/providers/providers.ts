import type { InferenceSession } from '../onnx/onnxruntime';
import { type ConcreteExecutionProvider, executionProviders } from '../../protocol/messages';

/** An execution provider, as everything here needs to know it. */
export interface Provider {
  readonly name: ConcreteExecutionProvider;
  /** ONNX Runtime's name for it. */
  readonly ortName: string;
  /** The int8 cache needs kernels that only some are known to have; the others run the float graph. */
  readonly cacheType: 'int8' | 'float32';
  /** Platforms and processors whose build of onnxruntime-node has it: the table in its README. */
  readonly platforms: readonly string[];
  /** What its sessions need besides the options of all. */
  readonly sessionOptions: InferenceSession.SessionOptions;
}

const float = { cacheType: 'float32', sessionOptions: {} } as const;
const providers: Readonly<Record<ConcreteExecutionProvider, Provider>> = {
  cpu: {
    name: 'cpu',
    ortName: 'cpu',
    cacheType: 'int8',
    platforms: ['win32 x64', 'win32 arm64', 'linux x64', 'linux arm64', 'darwin arm64'],
    sessionOptions: {},
  },
  cuda: { name: 'cuda', ortName: 'cuda', platforms: ['linux x64'], ...float },
  directml: { name: 'directml', ortName: 'dml', platforms: ['win32 x64', 'win32 arm64'], ...float },
  coreml: { name: 'coreml', ortName: 'coreml', platforms: ['darwin arm64'], ...float },
  webgpu: {
    name: 'webgpu',
    ortName: 'webgpu',
    platforms: ['win32 x64', 'win32 arm64', 'linux x64', 'darwin arm64'],
    ...float,
  },
};

export const concreteProviders = executionProviders.filter((name) => name !== 'auto');

export function providerOf(name: ConcreteExecutionProvider): Provider {
  return providers[name];
}

/** Our name for a provider of ONNX Runtime; undefined for one that nobody may ask for. */
export function providerNamed(ortName: string): ConcreteExecutionProvider | undefined {
  return concreteProviders.find((name) => providers[name].ortName === ortName);
}
