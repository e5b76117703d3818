import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openBrowser } from '../../e2e/support/browser';
import { startServer } from '../../e2e/support/server';
import { RESULTS_VARIABLE } from './results';

/** A bundled suite, the extension it tests (its folder), and where the results go. Absolute paths. */
export interface SuiteRun {
  readonly extension: string;
  /** Module that exports run(): Promise<void>. */
  readonly suite: string;
  readonly results: string;
  /** Folder whose copy is the workspace; an empty workspace if it does not exist. */
  readonly fixture: string;
  readonly timeoutMs: number;
}

/** Runs the suite in the extension host of the workbench that scripts/e2e-setup.mjs installed. Resolves when it ended. */
export async function runInWorkbench(run: SuiteRun): Promise<void> {
  // Without the smoke test driver a built VS Code ignores the extensionTestsPath in the address.
  const server = await startServer({ smokeTestDriver: true, env: { [RESULTS_VARIABLE]: run.results } });
  try {
    if (existsSync(run.fixture)) cpSync(run.fixture, server.workspace, { recursive: true });
    const { page, close } = await openBrowser();
    try {
      const told: string[] = [];
      page.on('console', (message) => told.push(message.text()));
      // The workbench calls this when the suite, or the extension host, has ended.
      const { promise: ended, resolve: end } = withResolvers();
      await page.exposeFunction('codeAutomationExit', end);
      const remote = (file: string) => `vscode-remote://127.0.0.1:${server.port}${file}`;
      const payload = [
        ['extensionDevelopmentPath', remote(run.extension)],
        ['extensionTestsPath', remote(run.suite)],
      ];
      await page.goto(server.url({ payload: JSON.stringify(payload) }));
      if (!(await endsWithin(ended, run.timeoutMs)))
        console.log(
          [
            `The suite did not end within ${run.timeoutMs} ms. The workbench's last words:`,
            ...told.slice(-15),
            server.output().slice(-1500),
          ].join('\n'),
        );
    } finally {
      await close();
    }
  } finally {
    await server.stop();
  }
}

/** Runs the suite in a downloaded desktop VS Code. On Linux that needs a display: xvfb-run -a where there is none. */
export async function runInDesktop(run: SuiteRun): Promise<void> {
  const { runTests, TestRunFailedError } = await import('@vscode/test-electron');
  const home = mkdtempSync(path.join(os.tmpdir(), 'editor-tests-'));
  try {
    const workspace = path.join(home, 'workspace');
    if (existsSync(run.fixture)) cpSync(run.fixture, workspace, { recursive: true });
    await runTests({
      extensionDevelopmentPath: run.extension,
      extensionTestsPath: run.suite,
      extensionTestsEnv: { [RESULTS_VARIABLE]: run.results },
      launchArgs: [
        workspace,
        '--disable-extensions',
        '--disable-workspace-trust',
        `--user-data-dir=${path.join(home, 'user')}`,
      ],
    });
  } catch (error) {
    // Failed tests are told by the results file.
    if (!(error instanceof TestRunFailedError)) throw error;
  } finally {
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Promise.withResolvers, which Node 20 lacks. */
function withResolvers(): { promise: Promise<void>; resolve: () => void } {
  let resolve = () => {};
  const promise = new Promise<void>((settle) => (resolve = settle));
  return { promise, resolve };
}

async function endsWithin(ended: Promise<unknown>, timeoutMs: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => (timer = setTimeout(() => resolve(false), timeoutMs)));
  return Promise.race([ended.then(() => true), late]).finally(() => clearTimeout(timer));
}
