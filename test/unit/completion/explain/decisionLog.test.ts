import { describe, expect, it } from 'vitest';
import { explainDecision } from '../../../../src/completion/explain/decisionAdvice';
import { type Decision, DecisionLog } from '../../../../src/completion/explain/decisionLog';

const decision = (changes: Partial<Decision> = {}): Decision => ({
  ...{ time: 0, place: 'src/app.ts:12', languageId: 'typescript', milliseconds: 123.4 },
  ...{ outcome: 'skipped', reason: 'Top-K is snoozed' },
  ...changes,
});

describe('DecisionLog', () => {
  it('keeps the last ones, newest first', () => {
    const log = new DecisionLog(3);
    for (const time of [1, 2, 3, 4]) log.record(decision({ time }));
    expect(log.newestFirst().map(({ time }) => time)).toEqual([4, 3, 2]);
    expect(log.latest?.time).toBe(4);
  });

  it('has none at first', () => {
    expect(new DecisionLog().latest).toBeUndefined();
    expect(new DecisionLog().newestFirst()).toEqual([]);
  });
});

describe('explainDecision', () => {
  it('says until when Top-K is snoozed, and how to end it', () => {
    expect(explainDecision(decision(), { snoozedUntil: '14:05' })).toEqual({
      sentence: 'Top-K is snoozed until 14:05.',
      advice: 'Run Top-K: End Snooze.',
      remedy: { kind: 'endSnooze' },
    });
  });

  it('advises nothing about a snooze that is over', () => {
    expect(explainDecision(decision())).toEqual({ sentence: 'Top-K was snoozed then.' });
  });

  it('leads to the setting that a reason names', () => {
    const { sentence, remedy } = explainDecision(decision({ reason: 'the caret is in a comment (topK.comments)' }));
    expect(sentence).toBe('No completion was tried at src/app.ts:12: the caret is in a comment (topK.comments).');
    expect(remedy).toEqual({ kind: 'openSetting', key: 'topK.comments' });
  });

  it.each([
    ['low confidence 0.11 < 0.20', { kind: 'openSetting', key: 'topK.minimumConfidence' }],
    ['the time budget was used up before the first token', { kind: 'openSetting', key: 'topK.budgetMs' }],
    ['the model would end the line here', { kind: 'trigger' }],
  ] as const)('explains a hidden completion: %s', (reason, remedy) => {
    const explanation = explainDecision(decision({ outcome: 'hidden', reason }));
    expect(explanation.sentence).toBe(`The completion at src/app.ts:12 was not shown: ${reason}.`);
    expect(explanation.remedy).toEqual(remedy);
  });

  it.each([
    ['the engine failed: The model is damaged.', 'restartEngine'],
    ['the engine is starting', 'trigger'],
    ['Top-K is off for typescript', 'toggleLanguage'],
  ] as const)('knows a remedy for: %s', (reason, kind) => {
    const { sentence, remedy } = explainDecision(decision({ reason }));
    expect(sentence).toMatch(/[^.]\.$/);
    expect(remedy).toEqual({ kind });
  });

  it('sends a failure to the log', () => {
    const explanation = explainDecision(decision({ outcome: 'failed', reason: 'The engine ended.' }));
    expect(explanation.sentence).toBe('The request at src/app.ts:12 failed: The engine ended.');
    expect(explanation.remedy).toEqual({ kind: 'showLog' });
  });

  it('says that there was a completion where there was one', () => {
    expect(explainDecision(decision({ outcome: 'shown', reason: 'model probability 0.50 a token' }))).toEqual({
      sentence: 'A completion was shown at src/app.ts:12 after 123 ms: model probability 0.50 a token.',
    });
  });
});
