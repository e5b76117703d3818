import { unbalancesBrackets } from './unbalancedBrackets';
import { duplicatesSuffix } from './duplicatedSuffix';
import { editSimilarity, exactMatch, judgedLine, prefixShare } from './lineMetrics';
import type { EvaluationCase } from '../suite/suite';

/** What came of one case. */
export interface CaseResult {
  readonly case: EvaluationCase;
  /** Text of the completion as it would be inserted; empty where there was none. */
  readonly completionText: string;
  /** Probability that the line is right, 0 to 1. */
  readonly confidence: number;
  /** Whether the completion passed the threshold of the display. */
  readonly shown: boolean;
  /** Rank of each expected token given the real text before it, 1 for the best. */
  readonly topKRankOfExpectedTokens: readonly number[];
  /** Bits that the model needs for the expected text: the sum of -log2 of the tokens' probabilities. */
  readonly bits: number;
  /** Tokens of the prompt, whether or not the engine's cache had them. */
  readonly promptTokens: number;
  /** From the request to the answer, with nothing of the prompt in the engine's cache. */
  readonly latencyMs: number;
  /** The part of it that the engine spent on the prompt. */
  readonly prefillMs: number;
  /** The part of it that the engine spent on the completion's tokens. */
  readonly decodeMs: number;
  /** From the request to the answer after each of the last typed characters; empty where that was not measured. */
  readonly typingMs: readonly number[];
}

/** A case with its judgements. */
export interface JudgedCase extends CaseResult {
  /** Whether there is a completion with more than space on its first line. */
  readonly completed: boolean;
  readonly exactMatch: boolean;
  readonly prefixShare: number;
  readonly editSimilarity: number;
  readonly duplicatesSuffix: boolean;
  readonly unbalancesBrackets: boolean;
}

/**
 * Judges a completion against the real text.
 *
 * @throws RangeError when confidence is outside 0 to 1, a rank is not a whole number above 0, or bits or a time is
 * negative or not finite.
 */
export function judgeCase(result: CaseResult): JudgedCase {
  check(result);
  const { case: at, completionText } = result;
  const completed = judgedLine(completionText).trim() !== '';
  return {
    ...result,
    completed,
    exactMatch: exactMatch(completionText, at.expected),
    prefixShare: prefixShare(completionText, at.expected),
    editSimilarity: editSimilarity(completionText, at.expected),
    duplicatesSuffix: completed && duplicatesSuffix(at, completionText),
    unbalancesBrackets: completed && unbalancesBrackets(at, completionText),
  };
}

function check(result: CaseResult): void {
  const { confidence, topKRankOfExpectedTokens, bits, latencyMs, prefillMs, decodeMs, typingMs } = result;
  const { id } = result.case;
  if (!(confidence >= 0 && confidence <= 1)) {
    throw new RangeError(`${id}: the confidence is ${confidence}; it must lie between 0 and 1.`);
  }
  const wrong = topKRankOfExpectedTokens.find((rank) => !Number.isInteger(rank) || rank < 1);
  if (wrong !== undefined) throw new RangeError(`${id}: a rank is ${wrong}; ranks are whole numbers from 1.`);
  const amounts = { bits, latencyMs, prefillMs, decodeMs };
  const wrongAmount = [...Object.entries(amounts), ...typingMs.map((value) => ['typingMs', value] as const)].find(
    ([, value]) => !(value >= 0 && value < Infinity),
  );
  if (wrongAmount === undefined) return;
  const [name, value] = wrongAmount;
  throw new RangeError(`${id}: ${name} is ${value}; it must be finite and not negative.`);
}
