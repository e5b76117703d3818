// Runs the editor tests (mocha, inside an extension host) and exits with 0 (passed), 1 (failed) or 3 (no result).
//
//   node test/host/support/runEditorTests.mjs [--extension FOLDER] [--tests FOLDER]
//
// On linux-x64 the host is the workbench of scripts/e2e-setup.mjs. On other platforms, or with TOPK_VSCODE=download, it is
// a desktop VS Code that @vscode/test-electron downloads. The extension must be built before.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';

const SUITE_TIMEOUT_MS = 600_000;

const { values } = parseArgs({
  options: {
    extension: { type: 'string', default: '.' },
    tests: { type: 'string', default: 'test/host' },
  },
});
const extension = path.resolve(values.extension);
const tests = path.resolve(values.tests);
process.chdir(path.join(path.dirname(fileURLToPath(import.meta.url)), '../../..'));

const desktop = process.env.TOPK_VSCODE === 'download' || `${process.platform}-${process.arch}` !== 'linux-x64';
if (!desktop) execFileSync(process.execPath, ['scripts/e2e-setup.mjs'], { stdio: 'inherit' });

// Inside the repository, where the bundles find mocha; by process, so that two runs do not disturb each other.
const output = path.resolve(`.e2e/editor-tests-${process.pid}`);
try {
  const testFiles = fs
    .readdirSync(tests, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'));
  if (testFiles.length === 0) throw new Error(`There is no *.test.ts below ${tests}.`);
  const common = { bundle: true, platform: 'node', target: 'node20', sourcemap: 'inline', logLevel: 'warning' };
  const inHost = { ...common, format: 'cjs', external: ['vscode', 'mocha', 'onnxruntime-node'] };
  const suite = path.join(output, 'suite.js');
  await build({ ...inHost, entryPoints: ['test/host/support/suite.ts'], outfile: suite });
  const outdir = path.join(output, 'tests'); // where suite.ts looks for them
  await build({ ...inHost, entryPoints: testFiles.map((name) => path.join(tests, name)), outdir, outbase: tests });
  const runner = path.join(output, 'runner.mjs');
  await build({
    ...common,
    entryPoints: ['test/host/support/runner.ts'],
    outfile: runner,
    format: 'esm',
    packages: 'external',
  });
  const { runSuite } = await import(pathToFileURL(runner).href);
  const fixture = path.join(tests, 'workspace');
  process.exitCode = await runSuite({ extension, suite, fixture, timeoutMs: SUITE_TIMEOUT_MS }, desktop);
} finally {
  fs.rmSync(output, { recursive: true, force: true });
}
