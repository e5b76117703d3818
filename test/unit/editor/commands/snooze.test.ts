import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { contextKeys } from '../../../../src/editor/contextKeys';
import { Snooze } from '../../../../src/editor/commands/snooze';
import { fake } from '../../../support/vscode';

let snooze: Snooze;

beforeEach(() => {
  vi.useFakeTimers();
  fake.reset();
  snooze = new Snooze();
});

afterEach(() => {
  snooze.dispose();
  vi.useRealTimers();
});

describe('Snooze', () => {
  it('ends by itself and says so', () => {
    const ends: (Date | undefined)[] = [];
    snooze.onDidChange((until) => ends.push(until));
    snooze.start(5);
    const until = new Date(Date.now() + 5 * 60_000);
    expect(snooze.until).toEqual(until);
    expect(fake.contextKeys.get(contextKeys.isSnoozed)).toBe(true);
    vi.advanceTimersByTime(5 * 60_000);
    expect(snooze.isSnoozed).toBe(false);
    expect(fake.contextKeys.get(contextKeys.isSnoozed)).toBe(false);
    expect(ends).toEqual([until, undefined]);
  });

  it('is over by the clock when the machine slept through the timer', () => {
    snooze.start(15);
    vi.setSystemTime(Date.now() + 16 * 60_000);
    expect(snooze.isSnoozed).toBe(false);
  });

  it('starts anew with the last choice', () => {
    snooze.start(5);
    vi.advanceTimersByTime(4 * 60_000);
    snooze.start(15);
    vi.advanceTimersByTime(14 * 60_000);
    expect(snooze.isSnoozed).toBe(true);
  });

  it('can be ended', () => {
    snooze.start(60);
    snooze.end();
    expect(snooze.until).toBeUndefined();
  });

  it.each([
    [0, 5],
    [1, 15],
    [2, 60],
  ])('lets the user choose: entry %i is %i minutes', async (choice, minutes) => {
    fake.quickPickChoice = choice;
    await snooze.pick();
    expect(snooze.until).toEqual(new Date(Date.now() + minutes * 60_000));
  });

  it('is not begun by a closed list', async () => {
    await snooze.pick();
    expect(snooze.isSnoozed).toBe(false);
  });
});
