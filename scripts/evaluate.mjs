// `node scripts/evaluate.mjs [--limit N] [--ablation-cases N] [--typing-cases N] [--suite FILE] [--out FILE]`: measures the
// product, its parts one by one and the baseline, and writes docs/evaluation.md with its plots. The product, the baseline and
// every trim rule are over all 630 test cases, parts of the prompt over 126 of them, for these need the model again each: an
// hour on two quiet cores. Break it off and run it again: it goes on where it was.
// The work is in test/evaluation/study; Node 20 cannot run TypeScript by itself, so esbuild bundles it into a temporary file.
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ensureReady, root } from './setup.mjs';

ensureReady();
// Only now are they sure to be installed.
const { build } = await import('esbuild');
const { format, resolveConfig } = await import('prettier');
const folder = mkdtempSync(path.join(tmpdir(), 'topk-evaluate-'));
try {
  const outfile = path.join(folder, 'regenerate.cjs');
  await build({
    entryPoints: [path.join(root, 'test/evaluation/study/regenerate.ts')],
    outfile,
    absWorkingDir: root,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    mainFields: ['module', 'main'],
    logLevel: 'warning',
    alias: { 'vega-canvas': './node_modules/vega-canvas/build/vega-canvas.browser.js' },
  });
  const { regenerate } = createRequire(import.meta.url)(outfile);
  const options = await resolveConfig(path.join(root, 'docs', 'evaluation.md'));
  await regenerate(root, process.argv.slice(2), (markdown) => format(markdown, { ...options, parser: 'markdown' }));
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
