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
import { fake, Range, Uri } from '../../../support/vscode';

const decided = (reason: Reason, time = 0): Decision => ({
  time,
  documentUri: 'file:/w/app.py',
  position: { line: 2, character: 4 },
  place: 'app.py:3',
  languageId: 'python',
  outcome: outcomeOf(reason),
  milliseconds: 1,
  reason,
});
const snoozed: Reason = { kind: 'snoozed', until: new Date(2026, 0, 1, 14, 5).getTime() };
const isSnoozed = true;
const logOf = (...decisions: Decision[]): DecisionLog => {
  const log = new DecisionLog();
  for (const decision of decisions) log.record(decision);
  return log;
};

/** Takes the newest entry, which has this reason. */
async function choose(reason: Reason, changes: Partial<Decision> = {}): Promise<void> {
  fake.quickPickChoice = 0;
  await showWhyNoSuggestion({ decisions: logOf({ ...decided(reason), ...changes }), snooze: { isSnoozed } });
}

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
    await choose(snoozed);
    await choose({ kind: 'inComment' });
    expect(fake.executed).toEqual([
      { command: 'topK.endSnooze', parameters: [] },
      { command: 'workbench.action.openSettings', parameters: ['topK.comments'] },
    ]);
  });

  it('says how old each is, and that VS Code has not asked since', () => {
    const log = logOf(decided({ kind: 'late' }, 1_000), decided({ kind: 'textEnd' }, 60_000));
    const descriptions = (now: number) => decisionItems(log, { isSnoozed }, now).map(({ description }) => description);
    expect(descriptions(60_500)).toEqual(['just now', undefined, '59 s ago · app.py:3 · 1 ms']);
    expect(descriptions(72_000)[0]).toBe('12 s ago; VS Code has not asked since');
    expect(descriptions(7_200_000)[2]).toBe('1 h ago · app.py:3 · 1 ms');
  });

  it('counts what followed each other', () => {
    const cancelled = Array.from({ length: 12 }, () => decided({ kind: 'textChanged' }));
    const items = decisionItems(logOf(...cancelled, decided({ kind: 'late' })), { isSnoozed });
    expect(items).toHaveLength(3);
    expect(items[2]!.label).toContain('cancelled × 12');
  });

  it('switches on the language that the decision is about, whichever document is active', async () => {
    fake.activeDocument = { uri: Uri.parse('file:/w/app.py'), languageId: 'python' };
    fake.userSettings.set('topK.languages', { rust: false });
    await choose({ kind: 'languageOff', languageId: 'scminput' }, { languageId: 'scminput' });
    expect(fake.userSettings.get('topK.languages')).toEqual({ rust: false, scminput: true });
  });

  it('asks for a completion where the decision was', async () => {
    await choose({ kind: 'lineEnd' });
    expect(fake.shownDocuments).toEqual([{ uri: 'file:/w/app.py', options: { selection: new Range(2, 4, 2, 4) } }]);
    fake.activeDocument = { uri: Uri.parse('file:/w/app.py') };
    await choose({ kind: 'textEnd' });
    expect(fake.shownDocuments).toHaveLength(1);
    expect(fake.executed.map(({ command }) => command)).toEqual([
      'editor.action.inlineSuggest.trigger',
      'editor.action.inlineSuggest.trigger',
    ]);
  });

  it('leads to no place that cannot be opened', async () => {
    await choose({ kind: 'textEnd' }, { documentUri: 'vscode-scm:/git/input', place: 'git/input:1' });
    expect(fake.statusBarMessages).toEqual(['Top-K: go back to git/input:1 and ask for a completion there.']);
    expect(fake.executed).toEqual([]);
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
    obeysPreferences: true,
    snoozedUntil: undefined,
    isOnBattery: false,
    isExcluded: false,
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
