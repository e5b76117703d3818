import type { CompletionPath } from '../../protocol/completionPath';
import type { Reason } from '../explain/reason';
import { confidenceOf } from './confidence';
import type { RuleName } from '../trim/trimCompletion';
import { reasonAgainstOffering } from './worthOffering';

export type ShowDecision =
  | { readonly show: true; readonly confidence: number }
  | { readonly show: false; readonly confidence: number; readonly reason: Reason };

/** Shows nearly half of the completions of the tuning suite, 63 % of which are right to the end of the line. */
export const defaultMinimumConfidence = 0.2;

/** A trimmed completion, and how much of the text behind the caret it replaces. */
interface TrimmedCompletion extends CompletionPath {
  readonly replaceLength: number;
  /** Trim rules that changed its text; none by default. */
  readonly appliedRules?: readonly RuleName[];
}

/**
 * Whether a trimmed completion is worth the user's attention.
 * @param suffix the text behind the caret.
 */
export function decideToShow(path: TrimmedCompletion, suffix: string, minimumConfidence: number): ShowDecision {
  if (path.text === '') return { show: false, confidence: 0, reason: reasonForNothing(path) };
  const against = reasonAgainstOffering(path.text, suffix.slice(0, path.replaceLength));
  if (against) return { show: false, confidence: 0, reason: against };
  const confidence = confidenceOf(path);
  if (confidence >= minimumConfidence) return { show: true, confidence };
  return { show: false, confidence, reason: { kind: 'lowConfidence', confidence, minimum: minimumConfidence } };
}

function reasonForNothing({ stopReason, appliedRules = [] }: TrimmedCompletion): Reason {
  if (appliedRules.includes('noChange')) return { kind: 'changesNothing' };
  if (appliedRules.includes('invisibleText')) return { kind: 'unprintable' };
  // Blanks at a line end are no text of the model that a rule took away.
  if (appliedRules.some((rule) => rule !== 'trailingWhitespace')) return { kind: 'trimmedAway' };
  if (stopReason === 'budget') return { kind: 'late' };
  if (stopReason === 'line end') return { kind: 'lineEnd' };
  if (stopReason === 'end of text') return { kind: 'textEnd' };
  return { kind: 'trimmedAway' };
}
