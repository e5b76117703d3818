import type * as vscode from 'vscode';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AcceptanceFigures } from '../../../../src/editor/offer/acceptanceStore';
import { contextKeys } from '../../../../src/editor/contextKeys';
import { FakeMemento } from '../../../support/fakeMemento';
import { fake } from '../../../support/vscode';

let storage: FakeMemento;
const open = (): AcceptanceFigures => new AcceptanceFigures(storage as unknown as vscode.Memento);

beforeEach(() => {
  vi.useFakeTimers();
  fake.reset();
  storage = new FakeMemento();
});

afterEach(() => vi.useRealTimers());

describe('AcceptanceFigures', () => {
  it('writes seldom and loses nothing', async () => {
    const figures = open();
    const update = vi.spyOn(storage, 'update');
    for (let shown = 0; shown < 20; shown++) figures.recordShown('python', 100);
    expect(update).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(update).toHaveBeenCalledTimes(1);
    figures.recordAccepted('python', 'whole', 12);
    figures.recordRetained('python', 10);
    figures.dispose();
    expect(open().counts['python']).toMatchObject({ shown: 20, acceptedCharacters: 12, retainedCharacters: 10 });
  });

  it('adds to what another window wrote meanwhile', async () => {
    const [here, there] = [open(), open()];
    here.recordShown('python', 100);
    there.recordShown('python', 300);
    await Promise.all([here.save(), there.save()]);
    expect(open().counts['python']).toMatchObject({ shown: 2, latencyMs: 400 });
  });

  it('is cleared by one call, also of what was not written yet', async () => {
    const figures = open();
    figures.recordShown('python', 100);
    await figures.save();
    figures.recordShown('python', 100);
    expect(fake.contextKeys.get(contextKeys.hasAcceptanceFigures)).toBe(true);
    await figures.clear();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(open().counts).toEqual({});
    expect(storage.keys()).toEqual([]);
    expect(fake.contextKeys.get(contextKeys.hasAcceptanceFigures)).toBe(false);
  });

  it('tells who shows them of every change, and is not synced', () => {
    const figures = open();
    const changed = vi.fn();
    figures.onDidChange(changed);
    figures.recordAccepted('python', 'word', 3);
    expect(changed).toHaveBeenCalledTimes(1);
    expect(fake.contextKeys.get(contextKeys.hasAccepted)).toBe(true);
    expect(storage.synced).toEqual([]);
  });

  it('starts anew where the storage holds something else', () => {
    storage.values.set('topK.acceptanceFigures', '{"python":{"shown":"many"}}');
    expect(open().counts).toEqual({});
  });
});
