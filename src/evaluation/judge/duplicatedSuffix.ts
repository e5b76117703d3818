import { bracketBalance } from './unbalancedBrackets';
import type { EvaluationCase } from '../suite/suite';

/** Shorter common texts than this are chance, unless they are all that stands after the caret on its line. */
const MIN_OVERLAP = 3;

/**
 * Whether the end of a completion repeats what already stands after the caret: the rest of the caret's line, or the next
 * line that is not empty. What the real text repeats as well is no fault of the completion.
 */
export function duplicatesSuffix(at: EvaluationCase, completion: string): boolean {
  const text = completion.trimEnd();
  if (text === '') return false;
  return repeatsRestOfLine(at, text) || repeatsNextLine(at, text);
}

function repeatsRestOfLine({ suffix, expected, language }: EvaluationCase, completion: string): boolean {
  const rest = (suffix.split('\n', 1)[0] as string).trim();
  const common = overlap(completion, rest);
  if (common.length <= overlap(expected.trimEnd(), rest).length) return false;
  if (!/^['"`)\]}]+$/.test(common)) return common === rest || common.length >= MIN_OVERLAP;
  // A bracket or quote that the completion itself opened is its own: "f(x)" before ")" is no repetition.
  const quote = /['"`]/.exec(common)?.[0];
  if (quote !== undefined) return completion.split(quote).length % 2 === 0;
  return bracketBalance(completion, language).unopened !== '';
}

function repeatsNextLine({ prefix, suffix, expected }: EvaluationCase, completion: string): boolean {
  const next = suffix
    .split('\n')
    .slice(1)
    .map((line) => line.trim())
    .find((line) => line !== '');
  // Lines of brackets alone repeat in good code too; bracketBalance judges them.
  if (next === undefined || !/[\p{L}\p{N}]/u.test(next)) return false;
  const before = prefix.slice(prefix.lastIndexOf('\n') + 1);
  return lastLine(before + completion) === next && lastLine(before + expected) !== next;
}

function lastLine(text: string): string {
  return text.slice(text.lastIndexOf('\n') + 1).trim();
}

/** The longest text that is both an end of the one and a start of the other. */
function overlap(endOf: string, startOf: string): string {
  for (let length = Math.min(endOf.length, startOf.length); length > 0; length--) {
    if (endOf.endsWith(startOf.slice(0, length))) return startOf.slice(0, length);
  }
  return '';
}
