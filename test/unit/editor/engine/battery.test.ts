import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Battery } from '../../../../src/editor/engine/battery';
import type { Settings } from '../../../../src/editor/settings/settings';

let policy: Settings['onBattery'];
let now: number;
const log: string[] = [];
const query = vi.fn<() => Promise<boolean>>();
const battery = (): Battery =>
  new Battery(
    () => policy,
    { debug: (message) => log.push(message) },
    query,
    () => now,
  );

beforeEach(() => {
  policy = 'slower';
  now = 0;
  log.length = 0;
  query.mockReset().mockResolvedValue(true);
});

describe('Battery', () => {
  it('asks nothing where the policy does not depend on it', () => {
    policy = 'same';
    expect(battery().isOnBattery).toBe(false);
    expect(query).not.toHaveBeenCalled();
  });

  it('answers at once, with mains until it knows better', async () => {
    const source = battery();
    expect(source.isOnBattery).toBe(false);
    await source.refresh();
    expect(source.isOnBattery).toBe(true);
  });

  it('asks at most once a minute', () => {
    const source = battery();
    for (now = 0; now < 60_000; now += 1_000) void source.isOnBattery;
    expect(query).toHaveBeenCalledTimes(1);
    void source.isOnBattery;
    expect(query).toHaveBeenCalledTimes(2);
  });

  it('counts as on mains where it cannot be learnt, and says so once', async () => {
    const source = battery();
    await source.refresh();
    query.mockRejectedValue(new Error('no such file'));
    await source.refresh();
    await source.refresh();
    expect(source.isOnBattery).toBe(false);
    expect(log).toEqual(['The power source is unknown and counts as mains: no such file']);
  });
});
