import type * as vscode from 'vscode';
import { beforeEach, describe, expect, it } from 'vitest';
import { explainDecision } from '../../../../src/completion/explain/decisionAdvice';
import { type Decision, DecisionLog } from '../../../../src/completion/explain/decisionLog';
import type { CaretContext } from '../../../../src/editor/complete/caretContext';
import { decisionItems, showWhyNoSuggestion } from '../../../../src/editor/commands/whyNoSuggestion';
import { type GateInput, reasonToSkip } from '../../../../src/editor/complete/gate';
import { readSettings } from '../../../../src/editor/settings/settings';
import { fake } from '../../../support/vscode';

const skipped = (reason: string, time = 0): Decision => ({
  ...{ time, place: 'app.py:3', languageId: 'python', outcome: 'skipped', milliseconds: 1, reason },
});
const logOf = (...decisions: Decision[]): DecisionLog => {
  const log = new DecisionLog();
  for (const decision of decisions) log.record(decision);
  return log;
};

beforeEach(() => fake.reset());

describe('Why no suggestion?', () => {
  it('answers in a sentence and lists the earlier decisions below it', () => {
    const items = decisionItems(
      logOf(skipped('one', 1), skipped('two', 2), skipped('Top-K is snoozed', 3)),
      new Date(),
    );
    expect(items[0]!.label).toContain('Top-K is snoozed until');
    expect(items[0]!.detail).toContain('Top-K: End Snooze');
    expect(items.slice(2).map(({ detail }) => detail)).toEqual(['two', 'one']);
  });

  it('does what the chosen entry advises', async () => {
    fake.quickPickChoice = 0;
    await showWhyNoSuggestion(logOf(skipped('Top-K is snoozed')), new Date());
    await showWhyNoSuggestion(logOf(skipped('the caret is in a comment (topK.comments)')), undefined);
    expect(fake.executed).toEqual([
      { command: 'topK.endSnooze', parameters: [] },
      { command: 'workbench.action.openSettings', parameters: ['topK.comments'] },
    ]);
  });

  it('says when VS Code never asked, and when it never will', () => {
    expect(decisionItems(logOf(), undefined)[0]!.label).toContain('did not ask');
    fake.settings.set('editor.inlineSuggest.enabled', false);
    const [first] = decisionItems(logOf(), undefined);
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
    ...{ isInvoked: false, isSnoozed: false, isOnBattery: false, isExcluded: false },
  };

  it.each([
    ['excluded', { isExcluded: true }, 'openSetting'],
    ['off', { settings: { ...settings, enable: false } }, 'openSetting'],
    ['off for the language', { settings: { ...settings, languages: { python: false } } }, 'toggleLanguage'],
    ['snoozed', { isSnoozed: true }, 'endSnooze'],
    ['on battery', { isOnBattery: true, settings: { ...settings, onBattery: 'onlyWhenAsked' } }, 'openSetting'],
    ['in a comment', { settings: { ...settings, comments: 'notInComments' } }, 'openSetting'],
  ] as const)('%s', (_, changes, kind) => {
    const reason = reasonToSkip({ ...input, ...changes });
    expect(reason).toBeTypeOf('string');
    expect(explainDecision(skipped(reason!), { snoozedUntil: '14:05' }).remedy?.kind).toBe(kind);
  });
});
