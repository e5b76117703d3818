import type { Decision } from './decisionLog';

/** What a user can do about a decision; the editor knows the command for each. */
export type Remedy =
  | { readonly kind: 'endSnooze' }
  | { readonly kind: 'trigger' }
  | { readonly kind: 'toggleLanguage' }
  | { readonly kind: 'restartEngine' }
  | { readonly kind: 'showLog' }
  | { readonly kind: 'openSetting'; readonly key: string };

export interface Explanation {
  /** Why, in a full sentence. */
  readonly sentence: string;
  /** What to do, in a full sentence; absent where there is nothing to do. */
  readonly advice?: string;
  readonly remedy?: Remedy;
}

/** What the decision itself does not know. */
export interface Circumstances {
  /** The end of the snooze as the user reads the clock: "14:05". */
  readonly snoozedUntil?: string | undefined;
}

/** Why the request ended as it did, and what the user can do about it. */
export function explainDecision(decision: Decision, { snoozedUntil }: Circumstances = {}): Explanation {
  const { outcome, reason, place, milliseconds } = decision;
  switch (outcome) {
    case 'shown':
      return { sentence: `A completion was shown at ${place} after ${Math.round(milliseconds)} ms: ${reason}.` };
    case 'cached':
      return { sentence: `The completion at ${place} was shown again: ${reason}.` };
    case 'cancelled':
      return {
        sentence: `The request at ${place} was cancelled, because ${reason}.`,
        advice: 'Pause for a moment after typing, or ask for a completion.',
        remedy: { kind: 'trigger' },
      };
    case 'failed':
      return {
        sentence: `The request at ${place} failed: ${withoutFullStop(reason)}.`,
        advice: 'Run Top-K: Show Log for the details.',
        remedy: { kind: 'showLog' },
      };
    case 'hidden':
      return { sentence: `The completion at ${place} was not shown: ${reason}.`, ...adviceOnHidden(decision) };
    case 'skipped':
      return adviceOnSkipped(decision, snoozedUntil);
  }
}

function adviceOnHidden({ reason }: Decision): Pick<Explanation, 'advice' | 'remedy'> {
  if (reason.startsWith('low confidence')) {
    return openSetting('topK.minimumConfidence', 'Lower topK.minimumConfidence to see completions like it.');
  }
  if (reason.includes('time budget')) {
    return openSetting('topK.budgetMs', 'Raise topK.budgetMs if you would rather wait than see nothing.');
  }
  return { advice: 'Ask for a completion to have it tried without the limits.', remedy: { kind: 'trigger' } };
}

function adviceOnSkipped({ reason, languageId, place }: Decision, snoozedUntil: string | undefined): Explanation {
  const sentence = `No completion was tried at ${place}: ${withoutFullStop(reason)}.`;
  if (reason.includes('snoozed')) {
    return {
      sentence: snoozedUntil === undefined ? 'Top-K was snoozed then.' : `Top-K is snoozed until ${snoozedUntil}.`,
      ...(snoozedUntil !== undefined && { advice: 'Run Top-K: End Snooze.', remedy: { kind: 'endSnooze' } }),
    };
  }
  if (reason.startsWith('Top-K is off for')) {
    return {
      sentence,
      advice: `Run Top-K: Toggle for This Language to switch it on for ${languageId}.`,
      remedy: { kind: 'toggleLanguage' },
    };
  }
  if (reason.startsWith('the engine failed')) {
    return { sentence, advice: 'Run Top-K: Restart Engine.', remedy: { kind: 'restartEngine' } };
  }
  if (reason.startsWith('the engine')) {
    return { sentence, advice: 'Wait a moment, then ask for a completion.', remedy: { kind: 'trigger' } };
  }
  // A reason that names a setting says what to change.
  const key = /topK(?:\.[A-Za-z]+)+/.exec(reason)?.[0];
  if (key !== undefined) return { sentence, ...openSetting(key, `Change ${key} in the settings.`) };
  return { sentence };
}

function openSetting(key: string, advice: string): Required<Pick<Explanation, 'advice' | 'remedy'>> {
  return { advice, remedy: { kind: 'openSetting', key } };
}

function withoutFullStop(text: string): string {
  return text.replace(/\.$/, '');
}
