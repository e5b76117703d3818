import battery from 'systeminformation/lib/battery';
import { expect, it, vi } from 'vitest';
import { isOnBatteryPower } from '../../../../src/editor/engine/powerSource';

vi.mock('systeminformation/lib/battery', () => ({ default: vi.fn() }));

const state = { hasBattery: true, acConnected: false, isCharging: false, percent: 60 };

it.each([
  ['a laptop without its charger', {}, true],
  ['a laptop at its charger', { acConnected: true }, false],
  ['a laptop that charges', { isCharging: true }, false],
  ['a full battery', { percent: 100 }, false],
  ['a machine without battery', { hasBattery: false }, false],
])('%s', async (_, changes, isOnBattery) => {
  vi.mocked(battery).mockResolvedValue({ ...state, ...changes });
  expect(await isOnBatteryPower()).toBe(isOnBattery);
});
