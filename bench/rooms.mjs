import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { benchDirectory, cacheDirectory } from './setUp.mjs';

/** Bundles and imports engineRooms.ts: the client, the completer and the scoring of the product's own sources. */
export async function importRooms() {
  const outfile = join(cacheDirectory, 'rooms.cjs');
  await build({
    entryPoints: [join(benchDirectory, 'engineRooms.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    logLevel: 'warning',
  });
  return import(pathToFileURL(outfile).href);
}
