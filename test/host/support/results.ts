import { existsSync, readFileSync } from 'node:fs';

/** Environment variable with the path of the results file: JSON lines, one for each step of the suite. */
export const RESULTS_VARIABLE = 'TOPK_TEST_RESULTS';

export type ResultLine =
  | { event: 'start'; title: string }
  | { event: 'pass'; title: string; ms: number }
  | { event: 'fail'; title: string; error: string }
  | { event: 'skip'; title: string }
  | { event: 'end'; passed: number; failed: number };

/** The exit codes of the runner. */
export const ExitCode = { passed: 0, failed: 1, noResult: 3 } as const;
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

/**
 * Prints the results, ending with `N passed, N failed`, and returns the exit code.
 * A file without its 'end' line is no result, whatever VS Code's exit code was: a host that aborts reports 0.
 */
export function report(file: string, print: (line: string) => void): ExitCode {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const lines = text
    .split('\n')
    .filter((line) => line.endsWith('}'))
    .map((line) => JSON.parse(line) as ResultLine);
  for (const line of lines) {
    if (line.event === 'pass') print(`  ok    ${line.title} (${line.ms} ms)`);
    if (line.event === 'skip') print(`  skip  ${line.title}`);
    if (line.event === 'fail') print(`  FAIL  ${line.title}\n${line.error.replace(/^/gm, '        ')}`);
  }
  const last = lines.at(-1);
  if (last?.event !== 'end') {
    const running =
      last?.event === 'start'
        ? `in '${last.title}'`
        : last === undefined
          ? 'before the first test'
          : `after '${last.title}'`;
    print(`  FAIL  The suite came to no end: the extension host was lost ${running}.`);
    const count = (event: ResultLine['event']) => lines.filter((line) => line.event === event).length;
    print(`${count('pass')} passed, ${count('fail') + 1} failed`);
    return ExitCode.noResult;
  }
  print(`${last.passed} passed, ${last.failed} failed`);
  return last.failed === 0 ? ExitCode.passed : ExitCode.failed;
}
