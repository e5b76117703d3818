import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Battery, isOnBatteryPower, type PowerSystem } from '../../../../src/editor/engine/battery';
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

  it('asks at most every five minutes', () => {
    const source = battery();
    for (now = 0; now < 300_000; now += 1_000) void source.isOnBattery;
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

describe('isOnBatteryPower', () => {
  const system = (platform: NodeJS.Platform, answer: string): PowerSystem => ({
    platform,
    suppliesFolder: '/none',
    run: async () => answer,
  });

  const battery = { type: 'Battery', status: 'Discharging' };
  const mouse = { type: 'Battery', scope: 'Device', status: 'Discharging', online: '1' };
  it.each<[string, Record<string, Record<string, string>>, boolean]>([
    ['a laptop without its charger', { BAT0: battery, AC: { type: 'Mains', online: '0' } }, true],
    [
      'a laptop at its charger',
      { BAT0: { ...battery, status: 'Charging' }, AC: { type: 'Mains', online: '1' } },
      false,
    ],
    ['a charger by USB that is too weak', { BAT0: battery, 'usb-c': { type: 'USB', online: '1' } }, false],
    ['a full battery', { BAT0: { ...battery, status: 'Full' } }, false],
    ['a desktop with a wireless mouse', { 'hid-mouse': mouse, AC: { type: 'Mains', online: '1' } }, false],
    ['a laptop without its charger, with a mouse', { BAT0: battery, 'hid-mouse': mouse }, true],
    ['a machine without battery', {}, false],
  ])('on Linux: %s', async (_, supplies, expected) => {
    const suppliesFolder = await mkdtemp(path.join(tmpdir(), 'topk-supplies-'));
    for (const [name, files] of Object.entries(supplies)) {
      await mkdir(path.join(suppliesFolder, name));
      for (const [file, text] of Object.entries(files))
        await writeFile(path.join(suppliesFolder, name, file), `${text}\n`);
    }
    expect(await isOnBatteryPower({ ...system('linux', ''), suppliesFolder })).toBe(expected);
    await rm(suppliesFolder, { recursive: true });
  });

  it.each([
    ["Now drawing from 'Battery Power'\n -InternalBattery-0 (id=1234) 83%; discharging; 4:12 remaining", true],
    ["Now drawing from 'AC Power'\n -InternalBattery-0 (id=1234) 100%; charged; 0:00 remaining", false],
    ["Now drawing from 'AC Power'\n", false],
  ])('on macOS: %j', async (answer, expected) => {
    expect(await isOnBatteryPower(system('darwin', answer))).toBe(expected);
  });

  it.each([
    ['1\r\n', true],
    ['2\r\n', false],
    ['2\r\n5\r\n', true],
    ['11\r\n', false],
    ['', false],
  ])('on Windows: %j', async (answer, expected) => {
    expect(await isOnBatteryPower(system('win32', answer))).toBe(expected);
  });

  it('says that a system does not tell', async () => {
    await expect(isOnBatteryPower(system('linux', ''))).rejects.toThrow(/ENOENT/);
    expect(await isOnBatteryPower(system('freebsd', ''))).toBe(false);
  });
});
