import { expect, it } from 'vitest';
import { sessionOptions } from '../../../../src/engine/onnx/sessionOptions';
import { concreteProviders, providerNamed, providerOf } from '../../../../src/engine/providers/providers';

it('names each provider as ONNX Runtime does, there and back, and gives that name to a session', () => {
  for (const name of concreteProviders) {
    const { ortName } = providerOf(name);
    expect(providerNamed(ortName)).toBe(name);
    expect(sessionOptions(name, 1).executionProviders).toEqual([ortName]);
    expect(providerOf(name).name).toBe(name);
  }
  expect(providerNamed('xnnpack')).toBeUndefined();
});
