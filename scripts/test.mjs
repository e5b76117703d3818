// `npm test`: everything that shows the product to work, each stage counted; ends with one line `N passed, N failed`.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ensureReady, root } from './setup.mjs';

const results = mkdtempSync(path.join(tmpdir(), 'topk-test-'));
const node = (...args) => [process.execPath, ...args];
const vitest = (project) => {
  const report = path.join(results, `${project}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  return {
    name: project,
    command: node('node_modules/vitest/vitest.mjs', 'run', '--project', project, ...reporters),
    count: () => {
      const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, 'utf8'));
      const failures = testResults.flatMap(({ name, status, message, assertionResults }) => {
        const failed = assertionResults.filter((result) => result.status === 'failed');
        if (failed.length === 0) return status === 'failed' ? [`${name}\n${message}`] : [];
        return failed.map(({ fullName, failureMessages }) => `${fullName}\n${failureMessages.join('\n')}`);
      });
      return { passed: numPassedTests, failed: numFailedTests, failures };
    },
  };
};
const stages = [
  vitest('unit'),
  vitest('model'),
  vitest('network'),
  {
    name: 'host',
    command: node('test/host/support/runEditorTests.mjs'),
    count: (output) => lastCount(output),
  },
  vitest('e2e'),
];

function lastCount(output) {
  const line = [...output.matchAll(/^(\d+) passed, (\d+) failed$/gm)].at(-1);
  const failures = [...output.matchAll(/^ {2}FAIL {2}(.+(?:\n {8}.+)*)/gm)].map(([, failure]) => failure);
  return { passed: Number(line[1]), failed: Number(line[2]), failures };
}

function runStage({ name, command: [program, ...args], count }) {
  process.stdout.write(`\n— ${name}\n`);
  const { status, stdout } = spawnSync(program, args, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  process.stdout.write(stdout);
  try {
    const { passed, failed, failures } = count(stdout);
    // A runner that fails as a whole (a file that does not load) counts no test as failed.
    return { passed, failed: status === 0 ? failed : Math.max(1, failed), failures };
  } catch (error) {
    return { passed: 0, failed: 1, failures: [`They left no result (exit code ${status}): ${error.message}`] };
  }
}

ensureReady();
const wanted = process.argv.slice(2);
const chosen = wanted.length > 0 ? stages.filter(({ name }) => wanted.includes(name)) : stages;
if (chosen.length === 0) {
  process.stderr.write(
    `There is no such stage: ${wanted.join(', ')}. Stages: ${stages.map(({ name }) => name).join(', ')}.\n`,
  );
  process.exit(2);
}
const total = { passed: 0, failed: 0 };
const allFailures = [];
for (const stage of chosen) {
  const { passed, failed, failures } = runStage(stage);
  total.passed += passed;
  total.failed += failed;
  allFailures.push(...failures.map((failure) => `${stage.name}: ${failure}`));
}
rmSync(results, { recursive: true, force: true });
// Again at the end, for a long log is read from there.
for (const failure of allFailures) process.stdout.write(`\nFailed in ${failure}\n`);
process.stdout.write(`\n${total.passed} passed, ${total.failed} failed\n`);
process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1);
