// Fits the confidence that a completion is right to the tuning suite and writes it into the bundled model's manifest:
//   npm run build && node test/evaluation/calibrate/calibrate.mjs [--samples FILE]
// --samples keeps the completions in FILE, and takes those that are there already: an interrupted run goes on, and a change
// of the features needs no model. The work is in TypeScript beside this file, bundled first as in ../generate.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const folder = await mkdtemp(join(tmpdir(), 'topk-calibrate-'));
try {
  const outfile = join(folder, 'calibrate.mjs');
  await build({
    entryPoints: [join(here, 'calibrate.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    // Dependencies that are CommonJS call require() for Node's own modules.
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  });
  const { calibrate } = await import(pathToFileURL(outfile).href);
  await calibrate(join(here, '../../..'), process.argv.slice(2));
} finally {
  await rm(folder, { recursive: true, force: true });
}
