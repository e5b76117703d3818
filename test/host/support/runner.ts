import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { runInDesktop, runInWorkbench, type SuiteRun } from './hosts';
import { ExitCode, report } from './results';

/**
 * Runs a bundled suite in an extension host, prints its results, and returns the exit code: 0 passed, 1 failed, 3 if the
 * suite came to no end.
 */
export async function runSuite(options: Omit<SuiteRun, 'results'>, desktop: boolean): Promise<ExitCode> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'editor-results-'));
  try {
    const run = { ...options, results: path.join(folder, 'results.jsonl') };
    await (desktop ? runInDesktop(run) : runInWorkbench(run));
    return report(run.results, console.log);
  } catch (error) {
    console.error(error instanceof Error ? error.stack : error);
    console.log('0 passed, 1 failed');
    return ExitCode.noResult;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
