import { beforeEach, describe, expect, it } from 'vitest';
import { silentLog } from '../../../../src/protocol/log';
import { menuEntries, type MenuServices, showMenu } from '../../../../src/editor/status/menu';
import { EngineError } from '../../../../src/protocol/engineError';
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
  // As VS Code's own extensions contribute languages; others add extensions to a language without a name for it.
  const languages = [
    { id: 'go', aliases: ['Go'] },
    { id: 'python', extensions: ['.pyi'] },
  ];
  fake.extensions.push({ packageJSON: {} }, { packageJSON: { contributes: { languages } } });
  fake.extensions.push({ packageJSON: { contributes: { languages: [{ id: 'python', aliases: ['Python', 'py'] }] } } });
  fake.activeDocument = { uri: Uri.parse('file:/w/a.py'), languageId: 'python' };
});

describe('the menu', () => {
  it('offers what is possible, by what it does now', () => {
    expect(labels()).toEqual([
      'Show Scores',
      'Suggest a Completion',
      'Complete from Another Candidate…',
      'Why No Suggestion?',
      'Snooze…',
      'Switch Off for Python',
      'Switch Off Everywhere',
      'Acceptance Figures',
      'Settings',
      'Log',
    ]);
    fake.settings.set('topK.languages', { python: false });
    services = { ...services, snooze: { isSnoozed: true }, settings: new SettingsReader(silentLog) };
    expect(labels().slice(4, 7)).toEqual(['End Snooze', 'Switch On for Python', 'Switch Off Everywhere']);
    fake.settings.set('topK.enable', false);
    services = { ...services, settings: new SettingsReader(silentLog) };
    expect(labels().slice(4, 6)).toEqual(['End Snooze', 'Switch On Everywhere']);
  });

  it('begins with the sample where no document is open', () => {
    fake.activeDocument = undefined;
    expect(labels().slice(0, 3)).toEqual(['Open a Sample to Try It', 'Why No Suggestion?', 'Snooze…']);
  });

  it('begins with a restart after a failure', () => {
    const error = new EngineError('internal', 'The engine process ended.');
    services = { ...services, engine: { state: { kind: 'failed', error, isFinal: true } } };
    expect(labels().slice(0, 2)).toEqual(['Restart the Engine', 'Show Scores']);
  });

  it('names a language by its identifier where no extension names it', () => {
    fake.activeDocument = { uri: Uri.parse('file:/w/a.x'), languageId: 'x-notes' };
    expect(labels()).toContain('Switch Off for x-notes');
  });

  it('gives the keyboard to the editor first, which has it again after Escape or what was chosen', async () => {
    fake.quickPickChoice = 5;
    await showMenu(services);
    expect(fake.executed.map(({ command }) => command)).toEqual([
      'workbench.action.focusActiveEditorGroup',
      'topK.toggleLanguage',
    ]);
  });

  it('does nothing more when it is dismissed', async () => {
    await showMenu(services);
    expect(fake.executed.map(({ command }) => command)).toEqual(['workbench.action.focusActiveEditorGroup']);
  });
});
