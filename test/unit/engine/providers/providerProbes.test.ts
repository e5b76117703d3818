import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { probeProviders, type ProbeOptions } from '../../../../src/engine/providers/providerProbes';
import { concreteProviders } from '../../../../src/engine/providers/providers';

const hour = 60 * 60 * 1000;
let cacheDirectory: string;
let now: number;
let tried: string[];
beforeEach(async () => {
  cacheDirectory = await mkdtemp(path.join(tmpdir(), 'topk-probes-'));
  now = 0;
  tried = [];
});
afterEach(() => rm(cacheDirectory, { recursive: true }));

const probe = (changes: Partial<ProbeOptions> = {}) =>
  probeProviders(concreteProviders, {
    cacheDirectory,
    key: 'binary and model',
    compiledIn: new Set(['cpu', 'webgpu'] as const),
    now: () => now,
    attempt: async (provider) => {
      tried.push(provider);
      if (provider === 'cpu') return { usable: true, reason: 'works', decodeMs: 10 };
      return { usable: false, reason: 'no device' };
    },
    ...changes,
  });

describe('probeProviders', () => {
  it('tries what the binary names and says of the others that it does not', async () => {
    const probes = await probe();
    expect(tried).toEqual(['cpu', 'webgpu']);
    expect(probes.map(({ executionProvider }) => executionProvider)).toEqual(concreteProviders);
    expect(probes[0]).toEqual({
      executionProvider: 'cpu',
      compiledIn: true,
      usable: true,
      reason: 'works',
      decodeMs: 10,
    });
    expect(probes[1]).toMatchObject({ executionProvider: 'cuda', compiledIn: false, usable: false });
  });

  it('remembers what works, and what does not for a day', async () => {
    const first = await probe();
    now = 23 * hour;
    expect(await probe()).toEqual(first);
    expect(tried).toEqual(['cpu', 'webgpu']);
    now = 24 * hour;
    await probe();
    expect(tried).toEqual(['cpu', 'webgpu', 'webgpu']);
  });

  it('tries all of them when it is asked for how it is now, and remembers that', async () => {
    await probe();
    await probe({ isAfresh: true });
    await probe();
    expect(tried).toEqual(['cpu', 'webgpu', 'cpu', 'webgpu']);
  });

  it('remembers the answers for another binary or model beside these', async () => {
    await probe();
    await probe({ key: 'other' });
    await probe();
    await probe({ key: 'other' });
    expect(tried).toEqual(['cpu', 'webgpu', 'cpu', 'webgpu']);
  });

  it('tries again where what is remembered makes no sense', async () => {
    const damaged = { 'binary and model cpu': null, 'binary and model webgpu': [{ usable: true }] };
    await writeFile(path.join(cacheDirectory, 'execution-providers.json'), JSON.stringify(damaged));
    await probe();
    expect(tried).toEqual(['cpu', 'webgpu']);
  });
});
