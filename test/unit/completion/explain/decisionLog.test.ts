import { describe, expect, it } from 'vitest';
import { type Decision, DecisionLog } from '../../../../src/completion/explain/decisionLog';
import { outcomeOf, type Reason } from '../../../../src/completion/explain/reason';

const decision = (reason: Reason, changes: Partial<Decision> = {}): Decision => ({
  time: 0,
  documentUri: 'file:/app.ts',
  position: { line: 11, character: 4 },
  place: 'src/app.ts:12',
  languageId: 'typescript',
  milliseconds: 123.4,
  outcome: outcomeOf(reason),
  reason,
  ...changes,
});
const late: Reason = { kind: 'late' };
const changed: Reason = { kind: 'textChanged' };

function groupsOf(...decisions: Decision[]): [number, number][] {
  const log = new DecisionLog();
  for (const one of decisions) log.record(one);
  return log.newestFirst().map(({ latest, count }) => [latest.time, count]);
}

describe('DecisionLog', () => {
  it('keeps the last ones, newest first', () => {
    const log = new DecisionLog(3);
    for (const time of [1, 2, 3, 4]) log.record(decision(late, { time }));
    expect(log.newestFirst().map(({ latest }) => latest.time)).toEqual([4, 3, 2]);
    expect(log.latest?.time).toBe(4);
  });

  it('has none at first', () => {
    expect(new DecisionLog().latest).toBeUndefined();
    expect(new DecisionLog().newestFirst()).toEqual([]);
  });

  it('makes one entry of what every key may bring', () => {
    expect(groupsOf(...[1, 2, 3].map((time) => decision(changed, { time })))).toEqual([[3, 3]]);
    const kept = [decision({ kind: 'samePlace' }, { time: 1 }), decision({ kind: 'typedThrough' }, { time: 2 })];
    expect(groupsOf(...kept)).toEqual([[2, 2]]);
  });

  it('keeps apart what says something else, or speaks of another document', () => {
    expect(groupsOf(decision(late), decision(late))).toHaveLength(2);
    expect(groupsOf(decision(changed), decision({ kind: 'editorMovedOn' }))).toHaveLength(2);
    expect(groupsOf(decision(changed), decision(changed, { documentUri: 'file:/other.ts' }))).toHaveLength(2);
    expect(groupsOf(decision({ kind: 'insideWord' }), decision({ kind: 'textFollows' }))).toHaveLength(2);
  });

  it('reaches back for minutes of typing', () => {
    const log = new DecisionLog();
    log.record(decision({ kind: 'lineEnd' }, { time: -1 }));
    // A pause after every word of six letters.
    for (let key = 0; key < 240; key++) log.record(decision(key % 6 === 5 ? late : changed, { time: key }));
    log.record(decision(changed, { time: 240 }));
    const oldest = log.newestFirst().at(-1)!.latest.time;
    expect(240 - oldest).toBeGreaterThan(140);
  });
});
