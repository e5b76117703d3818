// Cuts the evaluation suites from the packages in ../packages.json:
//   node test/evaluation/generate/generate.mjs
// The work is in TypeScript beside this file; Node 20 cannot run that by itself, so esbuild (already used for the build)
// bundles it into a temporary file first.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const folder = await mkdtemp(join(tmpdir(), 'topk-generate-'));
try {
  const outfile = join(folder, 'generateSuites.mjs');
  // zod and fastest-levenshtein are bundled: the temporary file has no node_modules beside it.
  await build({
    entryPoints: [join(here, 'generateSuites.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
  });
  const { generateSuites } = await import(pathToFileURL(outfile).href);
  await generateSuites(dirname(here), process.argv.slice(2));
} finally {
  await rm(folder, { recursive: true, force: true });
}
