import type * as vscode from 'vscode';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Reason } from '../../../../src/completion/explain/reason';
import { outcomeOf } from '../../../../src/completion/explain/reason';
import { adviceOn } from '../../../../src/completion/explain/reasonTexts';
import { type Decision, DecisionLog } from '../../../../src/completion/explain/decisionLog';
import type { CaretContext } from '../../../../src/editor/complete/caretContext';
import { decisionItems, showWhyNoSuggestion } from '../../../../src/editor/commands/whyNoSuggestion';
import { type GateInput, reasonToSkip } from '../../../../src/editor/complete/gate';
import { readSettings } from '../../../../src/editor/settings/settings';
import { SettingsReader } from '../../../../src/editor/settings/settingsReader';
import { fake } from '../../../support/vscode';

const decided = (reason: Reason, time = 0): Decision => ({
  ...{ time, place: 'app.py:3', languageId: 'python', outcome: outcomeOf(reason), milliseconds: 1, reason },
});
const snoozed: Reason = { kind: 'snoozed', until: new Date(2026, 0, 1, 14, 5).getTime() };
const isSnoozed = true;
const logOf = (...decisions: Decision[]): DecisionLog => {
  const log = new DecisionLog();
  for (const decision of decisions) log.record(decision);
  return log;
};

beforeEach(() => fake.reset());

describe('Why no suggestion?', () => {
  it('answers in a sentence and lists the earlier decisions below it', () => {
    const items = decisionItems(
      logOf(decided({ kind: 'insideWord' }, 1), decided({ kind: 'severalCarets' }, 2), decided(snoozed, 3)),
      { isSnoozed },
    );
    expect(items[0]!.label).toContain('Top-K is snoozed until');
    expect(items[0]!.detail).toContain('Top-K: End Snooze');
    expect(items.slice(2).map(({ detail }) => detail)).toEqual([
      'there are several carets or a selection',
      'the caret is inside a word',
    ]);
  });

  it('does what the chosen entry advises', async () => {
    fake.quickPickChoice = 0;
    const settings = new SettingsReader(() => {});
    await showWhyNoSuggestion({ decisions: logOf(decided(snoozed)), snooze: { isSnoozed }, settings });
    await showWhyNoSuggestion({ decisions: logOf(decided({ kind: 'inComment' })), snooze: { isSnoozed }, settings });
    expect(fake.executed).toEqual([
      { command: 'topK.endSnooze', parameters: [] },
      { command: 'workbench.action.openSettings', parameters: ['topK.comments'] },
    ]);
  });

  it('says when VS Code never asked, and when it never will', () => {
    expect(decisionItems(logOf(), { isSnoozed: false })[0]!.label).toContain('did not ask');
    fake.settings.set('editor.inlineSuggest.enabled', false);
    const [first] = decisionItems(logOf(), { isSnoozed: false });
    expect(first).toMatchObject({ remedy: { kind: 'openSetting', key: 'editor.inlineSuggest.enabled' } });
  });
});

describe('every reason of the gate that the user can do something about', () => {
  const caret = {
    document: { path: 'app.py', prefix: 'x = 1  # ', suffix: '' },
    linePrefix: 'x = 1  # ',
    restOfLine: '',
  };
  const settings = readSettings(undefined, () => {});
  const input: GateInput = {
    document: { languageId: 'python' } as vscode.TextDocument,
    caret: caret as CaretContext,
    settings,
    ...{ obeysPreferences: true, snoozedUntil: undefined, isOnBattery: false, isExcluded: false },
  };

  it.each([
    ['excluded', { isExcluded: true }, 'openSetting'],
    ['off', { settings: { ...settings, enable: false } }, 'openSetting'],
    ['off for the language', { settings: { ...settings, languages: { python: false } } }, 'switchLanguageOn'],
    ['snoozed', { snoozedUntil: new Date() }, 'endSnooze'],
    ['on battery', { isOnBattery: true, settings: { ...settings, onBattery: 'onlyWhenAsked' } }, 'openSetting'],
    ['in a comment', { settings: { ...settings, comments: 'notInComments' } }, 'openSetting'],
  ] as const)('%s', (_, changes, kind) => {
    const reason = reasonToSkip({ ...input, ...changes });
    expect(adviceOn(reason!)?.remedy.kind).toBe(kind);
  });
});
