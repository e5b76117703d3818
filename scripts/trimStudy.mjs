// `npm run trim-study [-- --half tuning] [-- --methods AB] [-- --wrong FILE]`: measures the trim rules on true text of real
// files and writes the result into docs/evaluation.md. The files are fetched once, as the evaluation suites are (npm, pip and
// python3, apt-get and dpkg), into bench/results/trim-corpus, which git ignores. Some minutes on two quiet cores.
// The work is in test/evaluation/trim-study; Node 20 cannot run TypeScript by itself, so esbuild bundles it into a temporary file.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureReady, root } from './setup.mjs';

ensureReady();
// Only now are they sure to be installed.
const { build } = await import('esbuild');
const { format, resolveConfig } = await import('prettier');
const folder = mkdtempSync(path.join(tmpdir(), 'topk-trim-study-'));
try {
  const outfile = path.join(folder, 'trimStudy.mjs');
  await build({
    entryPoints: [path.join(root, 'test/evaluation/trim-study/trimStudy.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'warning',
  });
  const { studyTrimRules } = await import(pathToFileURL(outfile).href);
  const options = await resolveConfig(path.join(root, 'docs', 'evaluation.md'));
  await studyTrimRules(root, process.argv.slice(2), (markdown) => format(markdown, { ...options, parser: 'markdown' }));
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
