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
  expect(opened().map(({ parameters }) => parameters[0])).toEqual(['top-k.top-k#topK.firstSteps']);
  await start();
  expect(opened()).toHaveLength(1);
});

it('opens nothing in front of what is open, nor later', async () => {
  fake.openTabs.push({ label: 'a.py' });
  await start();
  fake.openTabs.length = 0;
  await start();
  expect(opened()).toEqual([]);
});

it('honours the setting for walkthroughs', async () => {
  fake.settings.set('workbench.welcomePage.walkthroughs.openOnInstall', false);
  await start();
  expect(opened()).toEqual([]);
});
