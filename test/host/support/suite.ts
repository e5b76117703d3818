import { appendFileSync, readdirSync } from 'node:fs';
import { findSourceMap } from 'node:module';
import path from 'node:path';
import Mocha from 'mocha';
import { RESULTS_VARIABLE, type ResultLine } from './results';

const TEST_TIMEOUT_MS = 180_000;

/**
 * What VS Code calls (extensionTestsPath). Runs every bundled test beside this module inside this process, the extension
 * host, and writes a line to the results file for every step, so that the runner outside knows how far the suite came
 * even if the host dies.
 * @throws if a test failed, or if the environment names no results file.
 */
export async function run(): Promise<void> {
  const folder = path.join(__dirname, 'tests');
  const file = process.env[RESULTS_VARIABLE];
  if (!file) throw new Error(`${RESULTS_VARIABLE} names no results file: run the suite by runEditorTests.mjs.`);
  process.setSourceMapsEnabled(true); // for originalPositions
  const write = (line: ResultLine) => appendFileSync(file, JSON.stringify(line) + '\n');

  const mocha = new Mocha({
    ui: 'bdd',
    timeout: TEST_TIMEOUT_MS,
    color: false,
    forbidOnly: true,
    reporter: Mocha.reporters.Base,
  });
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort())
    if (name.endsWith('.test.js')) mocha.addFile(path.join(folder, name));

  let passed = 0;
  let failed = 0;
  const fail = (title: string, error: unknown) => {
    failed++;
    write({
      event: 'fail',
      title,
      error: originalPositions(error instanceof Error ? (error.stack ?? error.message) : String(error)),
    });
  };
  try {
    await new Promise<void>((resolve) => {
      mocha
        .run(() => resolve())
        .on('test', (test) => write({ event: 'start', title: test.fullTitle() }))
        .on('pass', (test) => {
          passed++;
          write({ event: 'pass', title: test.fullTitle(), ms: test.duration ?? 0 });
        })
        .on('pending', (test) => write({ event: 'skip', title: test.fullTitle() }))
        .on('fail', (test, error: unknown) => fail(test.fullTitle(), error));
    });
  } catch (error) {
    fail('loading the suite', error); // a test file that cannot be loaded
  }
  if (passed + failed === 0) fail('the suite', new Error(`No test ran: is there a *.test.js below ${folder}?`));
  write({ event: 'end', passed, failed });
  if (failed > 0) throw new Error(`${failed} failed`);
}

/** The stack trace with positions in the TypeScript files: VS Code's own stack formatting ignores source maps. */
function originalPositions(stack: string): string {
  return stack.replace(/([^\s()]+\.js):(\d+):(\d+)/g, (position, file: string, line: string, column: string) => {
    const origin = findSourceMap(path.resolve(file))?.findOrigin(Number(line), Number(column));
    return origin && 'fileName' in origin ? `${origin.fileName}:${origin.lineNumber}:${origin.columnNumber}` : position;
  });
}
