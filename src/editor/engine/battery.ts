import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Log } from '../../protocol/log';
import type { Settings } from '../settings/settings';

/** Plugging in and out is rare, and asking starts a process on some systems. */
const askedAgainAfterMs = 5 * 60_000;
/** PowerShell takes seconds to start on a slow machine. */
const answerTimeoutMs = 20_000;

/**
 * The power source as it was last seen. Nothing is asked while the policy does not depend on it. Where it cannot be learnt,
 * the machine counts as on mains.
 */
export class Battery {
  private isOn = false;
  private askedAt = -Infinity;
  private hasFailed = false;

  /**
   * @param policy the setting topK.onBattery, now.
   * @param query whether the machine runs from its battery.
   */
  constructor(
    private readonly policy: () => Settings['onBattery'],
    private readonly log: Pick<Log, 'debug'>,
    private readonly query: () => Promise<boolean> = isOnBatteryPower,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Answers at once with what is known, and asks again if that is old. */
  get isOnBattery(): boolean {
    if (this.policy() === 'same') return false;
    if (this.now() - this.askedAt >= askedAgainAfterMs) void this.refresh();
    return this.isOn;
  }

  /** Resolves when the answer is known; never rejects. */
  async refresh(): Promise<void> {
    this.askedAt = this.now();
    try {
      this.isOn = await this.query();
    } catch (error) {
      this.isOn = false;
      if (!this.hasFailed)
        this.log.debug(`The power source is unknown and counts as mains: ${(error as Error).message}`);
      this.hasFailed = true;
    }
  }
}

/** How the system is asked; a test answers in its place. */
export interface PowerSystem {
  readonly platform: NodeJS.Platform;
  /** Linux shows each power supply as a folder of small files (Documentation/ABI/testing/sysfs-class-power). */
  readonly suppliesFolder: string;
  /** Resolves with the standard output of a program. */
  run(program: string, parameters: readonly string[]): Promise<string>;
}

const thisSystem: PowerSystem = {
  platform: process.platform,
  suppliesFolder: '/sys/class/power_supply',
  run: async (program, parameters) =>
    (await promisify(execFile)(program, parameters, { timeout: answerTimeoutMs, windowsHide: true })).stdout,
};

/** Whether this machine runs from its battery; false where there is none. Rejects where the system does not say. */
export async function isOnBatteryPower(system = thisSystem): Promise<boolean> {
  switch (system.platform) {
    case 'linux':
      return isDischarging(system.suppliesFolder);
    case 'darwin':
      return (await system.run('pmset', ['-g', 'batt'])).includes("'Battery Power'");
    case 'win32': {
      const command = '(Get-CimInstance Win32_Battery).BatteryStatus';
      const statuses = await system.run('powershell.exe', ['-NoProfile', '-NonInteractive', '-Command', command]);
      // Win32_Battery: 1 is discharging, 4 low, 5 critical; 2 is on mains, the others charge.
      return statuses.split(/\s+/).some((status) => ['1', '4', '5'].includes(status));
    }
    default:
      return false;
  }
}

/** Where a battery of the machine itself is being emptied and no charger is connected. */
async function isDischarging(suppliesFolder: string): Promise<boolean> {
  const supplies = await Promise.all(
    (await readdir(suppliesFolder)).map(async (name) => {
      // Each kind of supply has some of these files only.
      const value = (file: string) => readFile(path.join(suppliesFolder, name, file), 'utf8').catch(() => '');
      const [online, scope, status] = await Promise.all(['online', 'scope', 'status'].map(value));
      return { isOnline: online!.trim() === '1', isOfDevice: scope!.trim() === 'Device', status: status!.trim() };
    }),
  );
  // A mouse has a battery as well, and is a supply of its own that is always "online".
  const ofMachine = supplies.filter(({ isOfDevice }) => !isOfDevice);
  const discharging = ofMachine.some(({ status }) => status === 'Discharging');
  return discharging && !ofMachine.some(({ isOnline, status }) => isOnline && status === '');
}
