import type { Decision } from './decisionLog';
import { adviceOn, clauseOf, type Remedy } from './reasonTexts';

export interface Explanation {
  /** Why, in a full sentence. */
  readonly sentence: string;
  /** What to do, in a full sentence; absent where there is nothing to do. */
  readonly advice?: string;
  readonly remedy?: Remedy;
}

/** What the decision itself does not know. */
export interface Circumstances {
  /** Whether Top-K is snoozed now. */
  readonly isSnoozed: boolean;
}

/** Why the request ended as it did, and what the user can do about it. */
export function explainDecision(decision: Decision, { isSnoozed }: Circumstances): Explanation {
  const { reason } = decision;
  if (reason.kind === 'snoozed' && !isSnoozed) return { sentence: 'Top-K was snoozed then.' };
  const sentence = `${beginning(decision)}: ${clauseOf(reason)}.`;
  const advice = adviceOn(reason);
  return advice ? { sentence, advice: advice.sentence, remedy: advice.remedy } : { sentence };
}

function beginning({ outcome, place, milliseconds }: Decision): string {
  switch (outcome) {
    case 'shown':
      return `A completion was shown at ${place} after ${Math.round(milliseconds)} ms`;
    case 'cached':
      return `The completion at ${place} was shown again`;
    case 'cancelled':
      return `The request at ${place} was cancelled`;
    case 'failed':
      return `The request at ${place} failed`;
    case 'hidden':
      return `The completion at ${place} was not shown`;
    case 'skipped':
      return `No completion was tried at ${place}`;
  }
}
