import { describe, expect, it } from 'vitest';
import { type Decision, DecisionLog } from '../../../../src/completion/explain/decisionLog';

const decision = (changes: Partial<Decision> = {}): Decision => ({
  ...{ time: 0, place: 'src/app.ts:12', languageId: 'typescript', milliseconds: 123.4 },
  ...{ outcome: 'skipped', reason: { kind: 'inComment' } },
  ...changes,
});

describe('DecisionLog', () => {
  it('keeps the last ones, newest first', () => {
    const log = new DecisionLog(3);
    for (const time of [1, 2, 3, 4]) log.record(decision({ time }));
    expect(log.newestFirst().map(({ time }) => time)).toEqual([4, 3, 2]);
    expect(log.latest?.time).toBe(4);
  });

  it('has none at first', () => {
    expect(new DecisionLog().latest).toBeUndefined();
    expect(new DecisionLog().newestFirst()).toEqual([]);
  });
});
