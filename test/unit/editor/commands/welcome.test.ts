import type * as vscode from 'vscode';
import { beforeEach, expect, it } from 'vitest';
import { welcomeOnFirstInstall } from '../../../../src/editor/commands/welcome';
import { FakeMemento } from '../../../support/fakeMemento';
import { fake } from '../../../support/vscode';

let globalState: FakeMemento;
const start = () =>
  welcomeOnFirstInstall({ globalState, extension: { id: 'top-k.top-k' } } as unknown as vscode.ExtensionContext);
const opened = () => fake.executed.filter(({ command }) => command === 'workbench.action.openWalkthrough');

beforeEach(() => {
  fake.reset();
  globalState = new FakeMemento();
});

it('opens the walkthrough at the first start only', async () => {
  await start();
  expect(opened().map(({ parameters }) => parameters)).toEqual([
    [{ category: 'top-k.top-k#topK.firstSteps' }, { inactive: false }],
  ]);
  await start();
  expect(opened()).toHaveLength(1);
});

it("opens it where VS Code's own Welcome page is open and nothing else", async () => {
  fake.openTabs.push({ label: 'Welcome', input: undefined });
  await start();
  expect(opened().map(({ parameters }) => parameters[1])).toEqual([{ inactive: false }]);
});

it('opens it behind a document or a terminal, and takes the keyboard from neither', async () => {
  fake.openTabs.push({ label: 'Welcome', input: undefined }, { label: 'a.py', input: {} });
  await start();
  expect(opened().map(({ parameters }) => parameters[1])).toEqual([{ inactive: true }]);
  fake.reset();
  globalState = new FakeMemento();
  fake.activeTerminal = {};
  await start();
  expect(opened().map(({ parameters }) => parameters[1])).toEqual([{ inactive: true }]);
});

it('honours the setting for walkthroughs', async () => {
  fake.settings.set('workbench.welcomePage.walkthroughs.openOnInstall', false);
  await start();
  expect(opened()).toEqual([]);
});
