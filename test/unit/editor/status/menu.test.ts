import { beforeEach, describe, expect, it } from 'vitest';
import { silentLog } from '../../../../src/protocol/log';
import { menuEntries, type MenuServices, showMenu } from '../../../../src/editor/status/menu';
import { SettingsReader } from '../../../../src/editor/settings/settingsReader';
import { fake, Uri } from '../../../support/vscode';

let services: MenuServices;
const labels = () => menuEntries(services).map(({ label }) => label.replace(/^\$\(.+?\) /, ''));

beforeEach(() => {
  fake.reset();
  services = {
    engine: { state: { kind: 'stopped' } },
    snooze: { isSnoozed: false },
    settings: new SettingsReader(silentLog),
  };
  fake.activeDocument = { uri: Uri.parse('file:/w/a.py'), languageId: 'python' };
});

describe('the menu', () => {
  it('offers what is possible, by what it does now', () => {
    expect(labels()).toEqual([
      'Snooze',
      'Switch Off for python',
      'Switch Off Everywhere',
      'Why No Suggestion?',
      'Acceptance Figures',
      'Settings',
      'Log',
    ]);
    fake.settings.set('topK.languages', { python: false });
    services = { ...services, snooze: { isSnoozed: true }, settings: new SettingsReader(silentLog) };
    expect(labels().slice(0, 3)).toEqual(['End Snooze', 'Switch On for python', 'Switch Off Everywhere']);
    fake.settings.set('topK.enable', false);
    services = { ...services, settings: new SettingsReader(silentLog) };
    expect(labels().slice(0, 2)).toEqual(['End Snooze', 'Switch On Everywhere']);
    fake.activeDocument = undefined;
    expect(labels()[1]).toBe('Switch On Everywhere');
  });

  it('gives the keyboard back to the editor before it does what was chosen', async () => {
    fake.quickPickChoice = 1;
    await showMenu(services);
    expect(fake.executed.map(({ command }) => command)).toEqual([
      'workbench.action.focusActiveEditorGroup',
      'topK.toggleLanguage',
    ]);
  });

  it('does nothing when it is dismissed', async () => {
    await showMenu(services);
    expect(fake.executed).toEqual([]);
  });
});
