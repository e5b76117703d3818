import { type TrimmedCompletion, trimCompletion } from '../../../src/completion/trim/trimCompletion';
import { seededRandom } from '../../../src/evaluation/statistics/random';
import type { CorpusFile } from './corpus';
import { casesOf, type MethodName, methodNames, type StudyCase } from './methods';

/** How many cases there were, and how many of them the rules got wrong. */
export interface Count {
  readonly cases: number;
  readonly wrong: number;
}

/** Counts by language, then by method. */
export type StudyCounts = ReadonlyMap<string, Readonly<Record<MethodName, Count>>>;

/** A case that came out wrong, for choosing rules on the tuning half. */
export interface WrongCase {
  readonly method: MethodName;
  readonly file: CorpusFile;
  readonly studyCase: StudyCase;
  readonly result: TrimmedCompletion;
}

export interface MethodOptions {
  /** All by default. */
  readonly wanted?: readonly MethodName[];
  /** Called for every case that came out wrong. */
  readonly onWrong?: (wrong: WrongCase) => void;
}

/**
 * Puts the raw completions of every method through the trim rules.
 *
 * @param seed each file and method draws its places from its own random numbers.
 */
export function runMethods(
  files: readonly CorpusFile[],
  seed: number,
  { wanted = methodNames, onWrong = () => {} }: MethodOptions = {},
): StudyCounts {
  const counts = new Map<string, Record<MethodName, Count>>();
  for (const [index, file] of files.entries()) {
    const own = counts.get(file.languageId) ?? emptyCounts();
    counts.set(file.languageId, own);
    for (const [number, method] of methodNames.entries()) {
      if (!wanted.includes(method)) continue;
      const cases = casesOf(method, file, seededRandom(seed + 10 * index + number));
      let wrong = 0;
      for (const studyCase of cases) {
        const result = trimCompletion(studyCase.input);
        if (isRight(studyCase, result)) continue;
        wrong++;
        onWrong({ method, file, studyCase, result });
      }
      own[method] = { cases: own[method].cases + cases.length, wrong: own[method].wrong + wrong };
    }
  }
  return counts;
}

function isRight({ input, want }: StudyCase, { text, replaceLength }: TrimmedCompletion): boolean {
  if ('beginning' in want) return text.startsWith(want.beginning);
  const { prefix, suffix } = input;
  // White space at the end is cut on purpose.
  return want.document === prefix + text + suffix.slice(replaceLength);
}

function emptyCounts(): Record<MethodName, Count> {
  const none = { cases: 0, wrong: 0 };
  return { A: none, B: none, C: none, D: none, E: none };
}
