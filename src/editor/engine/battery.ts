import type { Log } from '../../protocol/log';
import type { Settings } from '../settings/settings';

/** Plugging in and out is rare, and asking starts a process on some systems. */
const askedAgainAfterMs = 60_000;

/**
 * The power source as it was last seen. Nothing is asked, nor even loaded, while the policy does not depend on it. Where it
 * cannot be learnt, the machine counts as on mains.
 */
export class Battery {
  private isOn = false;
  private askedAt = -Infinity;
  private hasFailed = false;

  /**
   * @param policy the setting topK.onBattery, now.
   * @param query whether the machine runs from its battery; loads what it needs at its first call.
   */
  constructor(
    private readonly policy: () => Settings['onBattery'],
    private readonly log: Pick<Log, 'debug'>,
    private readonly query: () => Promise<boolean> = queryPowerSource,
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

async function queryPowerSource(): Promise<boolean> {
  const { isOnBatteryPower } = await import('./powerSource');
  return isOnBatteryPower();
}
