import { type JudgedCase, judgeCase } from '../judge/caseResult';
import { type CaseControl, type CaseSettings, evaluateCase } from './evaluateCase';
import { sampleCases } from '../suite/sampleCases';
import type { EvaluationCase } from '../suite/suite';

export interface EvaluationSettings extends Omit<CaseSettings, 'types'> {
  /** How many cases, spread evenly over the languages, are also typed for the latency while typing. */
  readonly typingCases: number;
}

export interface EvaluationControl extends CaseControl {
  onProgress?(done: number): void;
}

/** Candidates asked for with each token: the editor asks for as many where its score card is on. */
const topK = 10;

/** What the editor asks for on a line, without a time budget, so that every answer is whole. */
export function lineOptions(maxTokens: number): CaseSettings['completion'] {
  return { topK, alternatives: 0, maxTokens, multiLine: false, budgetMs: 0 };
}

/** Evaluates cases one after another: latencies are those of an engine that serves nobody else. */
export async function evaluateCases(
  cases: readonly EvaluationCase[],
  { typingCases, ...settings }: EvaluationSettings,
  control: EvaluationControl,
): Promise<JudgedCase[]> {
  const typed = new Set(sampleCases(cases, typingCases));
  const results: JudgedCase[] = [];
  for (const one of cases) {
    control.signal.throwIfAborted();
    control.onProgress?.(results.length);
    results.push(judgeCase(await evaluateCase(one, { ...settings, types: typed.has(one) }, control)));
  }
  return results;
}
