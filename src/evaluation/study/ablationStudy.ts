import { type AblationName, ablationNames } from '../run/ablation';
import { ruleNames } from '../../completion/trim/trimCompletion';
import { type JudgedCase, judgeCase } from '../judge/caseResult';
import { completerFor, type Configuration, product, type PromptedModel } from '../run/configuration';
import { evaluateCase } from '../run/evaluateCase';
import { lineOptions } from '../run/evaluateCases';
import { sampleCases } from '../suite/sampleCases';
import type { EvaluationCase } from '../suite/suite';
import type { RememberedAnswers } from '../run/rememberedAnswers';

/** A part that was left out, with the cases it was left out on. */
export interface Ablation {
  readonly name: AblationName;
  /** The same cases in the same order. */
  readonly on: readonly JudgedCase[];
  readonly off: readonly JudgedCase[];
}

export interface Study {
  readonly product: readonly JudgedCase[];
  readonly noContext: readonly JudgedCase[];
  /** Parts of the prompt and of decoding: each needs the model again, so they are over fewer cases. */
  readonly prompt: readonly Ablation[];
  /** Trim rules, over all cases. */
  readonly rules: readonly Ablation[];
}

export interface StudySettings {
  readonly minimumConfidence: number;
  readonly maxTokens: number;
  /** Cases, spread over the languages, on which parts of the prompt and of decoding are left out. */
  readonly ablationCases: number;
  /** Cases typed for the latency while typing, with everything on and without context. */
  readonly typingCases: number;
}

export interface StudyControl {
  readonly answers: RememberedAnswers;
  readonly model: PromptedModel;
  readonly signal: AbortSignal;
  onProgress(done: number, total: number): void;
}

const noContext: Configuration = { kind: 'noContext' };

/**
 * What sends the same prompt comes right behind the product, and then what shares the longest beginning with it, so that
 * the engine's cache serves them all; the times of these runs are therefore not those of a cold answer.
 */
const samePromptFirst: readonly AblationName[] = [
  'tokenHealing',
  'promptLookup',
  'workspaceMemory',
  'path',
  'suffixBlock',
];
const promptParts = ablationNames
  .filter((name) => !(ruleNames as readonly string[]).includes(name))
  .sort((one, other) => place(one) - place(other));

function place(name: AblationName): number {
  const index = samePromptFirst.indexOf(name);
  return index < 0 ? samePromptFirst.length : index;
}

/** Runs the product, the baseline, and the product without each of its parts, case by case. */
export async function runStudy(
  cases: readonly EvaluationCase[],
  { minimumConfidence, maxTokens, ablationCases, typingCases }: StudySettings,
  { answers, model, signal, onProgress }: StudyControl,
): Promise<Study> {
  const ablated = new Set(sampleCases(cases, ablationCases));
  const typed = new Set(sampleCases(cases, typingCases));
  const results = new Map<Configuration | AblationName, JudgedCase[]>();
  const total = cases.length * 2 + ablated.size * promptParts.length;
  let done = 0;
  const run = async (one: EvaluationCase, name: Configuration | AblationName, types: boolean): Promise<void> => {
    signal.throwIfAborted();
    const configuration: Configuration = typeof name === 'string' ? { kind: 'product', ablate: new Set([name]) } : name;
    const settings = { completion: lineOptions(maxTokens), minimumConfidence, types };
    const result = await answers.inSession(() =>
      evaluateCase(one, settings, {
        completer: completerFor(configuration, answers, model),
        client: answers,
        signal,
        now: () => answers.now(),
      }),
    );
    const own = results.get(name);
    if (own === undefined) results.set(name, [judgeCase(result)]);
    else own.push(judgeCase(result));
  };
  for (const one of cases) {
    for (const name of [noContext, product, ...(ablated.has(one) ? promptParts : [])]) {
      onProgress(done++, total);
      await run(one, name, typed.has(one) && typeof name !== 'string');
    }
    // These ask the engine what the product has asked: nothing is waited for.
    for (const rule of ruleNames) await run(one, rule, false);
  }
  const all = results.get(product)!;
  const ablation = (name: AblationName, on: readonly JudgedCase[]): Ablation => ({ name, on, off: results.get(name)! });
  const some = all.filter((result) => ablated.has(result.case));
  return {
    product: all,
    noContext: results.get(noContext)!,
    prompt: promptParts.map((name) => ablation(name, some)),
    rules: ruleNames.map((name) => ablation(name, all)),
  };
}
