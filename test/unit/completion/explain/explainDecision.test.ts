import { describe, expect, it } from 'vitest';
import type { Decision } from '../../../../src/completion/explain/decisionLog';
import { explainDecision } from '../../../../src/completion/explain/explainDecision';
import { outcomeOf, type Reason, reasonKinds } from '../../../../src/completion/explain/reason';
import { adviceOn, clauseOf, statusClauseOf } from '../../../../src/completion/explain/reasonTexts';

/** One reason of every kind: the type refuses a table that lacks one. */
const reasons: { readonly [Kind in Reason['kind']]: Extract<Reason, { kind: Kind }> } = {
  excludedFile: { kind: 'excludedFile' },
  severalCarets: { kind: 'severalCarets' },
  switchedOff: { kind: 'switchedOff' },
  languageOff: { kind: 'languageOff', languageId: 'scminput' },
  snoozed: { kind: 'snoozed', until: new Date(2026, 0, 1, 14, 5).getTime() },
  onBattery: { kind: 'onBattery' },
  inComment: { kind: 'inComment' },
  notInComment: { kind: 'notInComment' },
  insideWord: { kind: 'insideWord' },
  textFollows: { kind: 'textFollows' },
  engineStarting: { kind: 'engineStarting' },
  engineFailed: { kind: 'engineFailed', message: 'The model is damaged.' },
  lowConfidence: { kind: 'lowConfidence', confidence: 0.114, minimum: 0.2 },
  late: { kind: 'late' },
  lineEnd: { kind: 'lineEnd' },
  textEnd: { kind: 'textEnd' },
  trimmedAway: { kind: 'trimmedAway' },
  changesNothing: { kind: 'changesNothing' },
  unprintable: { kind: 'unprintable' },
  textChanged: { kind: 'textChanged' },
  editorMovedOn: { kind: 'editorMovedOn' },
  settingChanged: { kind: 'settingChanged' },
  failed: { kind: 'failed', message: 'The engine ended.' },
  confident: { kind: 'confident', confidence: 0.5 },
  typedThrough: { kind: 'typedThrough' },
  samePlace: { kind: 'samePlace' },
};
const decided = (reason: Reason): Decision => ({
  time: 0,
  documentUri: 'file:/src/app.ts',
  position: { line: 11, character: 4 },
  place: 'src/app.ts:12',
  languageId: 'typescript',
  milliseconds: 123.4,
  outcome: outcomeOf(reason),
  reason,
});
const explain = (reason: Reason, isSnoozed = true) => explainDecision(decided(reason), { isSnoozed });

describe('every kind of reason', () => {
  it.each(reasonKinds)('has a sentence, and advice where nothing was shown: %s', (kind) => {
    const { sentence, advice, remedy } = explain(reasons[kind]);
    expect(sentence).toMatch(/^[A-Z].*[^.]\.$/);
    expect(sentence).toContain('src/app.ts:12');
    expect(clauseOf(reasons[kind])).not.toMatch(/\.$/);
    const wasShown = ['shown', 'cached'].includes(outcomeOf(reasons[kind]));
    expect(advice === undefined).toBe(wasShown);
    expect(remedy === undefined).toBe(wasShown);
    if (advice !== undefined) expect(advice).toMatch(/^[A-Z].*[^.]\.$/);
  });

  it('has other words than every other', () => {
    expect(new Set(Object.values(reasons).map(clauseOf)).size).toBe(reasonKinds.length);
  });
});

describe('explainDecision', () => {
  it('advises nothing about a snooze that is over', () => {
    expect(explain(reasons.snoozed, false)).toEqual({ sentence: 'Top-K was snoozed then.' });
  });

  it('names the language and the setting that a remedy acts on', () => {
    expect(explain(reasons.languageOff).remedy).toEqual({ kind: 'switchLanguageOn', languageId: 'scminput' });
    expect(explain(reasons.inComment).remedy).toEqual({ kind: 'openSetting', key: 'topK.comments' });
    expect(explain(reasons.late).remedy).toEqual({ kind: 'openSetting', key: 'topK.budgetMs' });
  });

  it('says in full what happened', () => {
    expect(explain(reasons.confident).sentence).toBe(
      'A completion was shown at src/app.ts:12 after 123 ms: confidence 0.50.',
    );
    expect(explain(reasons.lowConfidence).sentence).toBe(
      'The completion at src/app.ts:12 was not shown: low confidence 0.11 < 0.20.',
    );
    expect(explain(reasons.engineFailed).sentence).toBe(
      'No completion was tried at src/app.ts:12: the engine failed: The model is damaged.',
    );
  });
});

describe('the words of the status bar', () => {
  it.each([reasons.excludedFile, reasons.switchedOff, reasons.languageOff, reasons.onBattery])('$kind', (reason) => {
    expect(statusClauseOf(reason)).toMatch(/\(topK\.[\w.]+\)$/);
    expect(adviceOn(reason)).toBeDefined();
  });
});
