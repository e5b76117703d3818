import { describe, expect, it } from 'vitest';
import { RestartPolicy } from '../../../src/client/restartPolicy';

describe('RestartPolicy', () => {
  it('allows the first restart at once, the next one later, and gives up after the third crash', () => {
    let now = 1_000;
    const policy = new RestartPolicy(() => now);
    expect(policy.waitMs).toBe(0);
    const waits: number[] = [];
    for (let crash = 0; crash < 2; crash++) {
      policy.recordFailure();
      expect(policy.hasGivenUp).toBe(false);
      waits.push(policy.waitMs);
      now += policy.waitMs;
      expect(policy.waitMs).toBe(0);
    }
    expect(waits).toEqual([0, 1_000]);
    policy.recordFailure();
    expect(policy.hasGivenUp).toBe(true);
  });

  it('counts failures in a row only: a served request forgets them', () => {
    const policy = new RestartPolicy(() => 0);
    policy.recordFailure();
    policy.recordFailure();
    policy.recordSuccess();
    expect(policy.waitMs).toBe(0);
    for (let crash = 0; crash < 2; crash++) policy.recordFailure();
    expect(policy.hasGivenUp).toBe(false);
  });
});
