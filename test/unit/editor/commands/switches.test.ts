import { beforeEach, describe, expect, it } from 'vitest';
import { toggleEverywhere, toggleLanguage } from '../../../../src/editor/commands/switches';
import { SettingsReader } from '../../../../src/editor/settings/settingsReader';
import { silentLog } from '../../../../src/protocol/log';
import { fake, Uri } from '../../../support/vscode';

const reader = () => new SettingsReader(silentLog);

beforeEach(() => {
  fake.reset();
  fake.activeDocument = { uri: Uri.parse('file:/w/a.py'), languageId: 'python' };
});

describe('switching a language', () => {
  it('writes this language alone, not a copy of the default', async () => {
    await toggleLanguage(reader());
    expect(fake.userSettings.get('topK.languages')).toEqual({ python: false });
  });

  it('keeps what the user wrote for others', async () => {
    fake.userSettings.set('topK.languages', { go: false, python: false });
    fake.settings.set('topK.languages', { '*': true, scminput: false, go: false, python: false });
    await toggleLanguage(reader());
    expect(fake.userSettings.get('topK.languages')).toEqual({ go: false, python: true });
  });

  it("changes the workspace's value where there is one", async () => {
    fake.workspaceSettings.set('topK.languages', { '*': false });
    fake.userSettings.set('topK.languages', { go: false });
    fake.settings.set('topK.languages', { '*': false, go: false });
    await toggleLanguage(reader());
    expect(fake.workspaceSettings.get('topK.languages')).toEqual({ '*': false, python: true });
    expect(fake.userSettings.get('topK.languages')).toEqual({ go: false });
  });
});

it('switches everything off, and on again', async () => {
  await toggleEverywhere(reader());
  expect(fake.userSettings.get('topK.enable')).toBe(false);
  fake.settings.set('topK.enable', false);
  await toggleEverywhere(reader());
  expect(fake.userSettings.get('topK.enable')).toBe(true);
});
