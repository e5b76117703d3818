import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import AdmZip from 'adm-zip';
import { build } from 'esbuild';
import { ensurePackaged, packagedExtension } from '../../support/packagedExtension';
import type { Prepared } from './scenarios';

/** Unpacks the extension and builds the drivers. `remove` takes both away. */
export async function prepare(): Promise<Prepared & { remove(): Promise<void> }> {
  ensureStrace();
  ensurePackaged();
  const folder = await mkdtemp(path.join(os.tmpdir(), 'topk-unpacked-'));
  const repository = path.join(import.meta.dirname, '..', '..', '..');
  new AdmZip(packagedExtension).extractAllTo(folder);
  const drivers = ['packagedEngine', 'interruptedCommand'] as const;
  await build({
    entryPoints: drivers.map((name) => path.join(import.meta.dirname, `${name}.ts`)),
    bundle: true,
    platform: 'node',
    outdir: folder,
    logLevel: 'warning',
  });
  return {
    repository,
    extensionFolder: path.join(folder, 'extension'),
    packagedEngine: path.join(folder, 'packagedEngine.js'),
    interruptedCommand: path.join(folder, 'interruptedCommand.js'),
    remove: () => rm(folder, { recursive: true }),
  };
}

/**
 * Installs strace where that needs no question: as root, with apt-get, as in a container.
 * @throws if it is not there afterwards: a promise that nobody checked must not look like one that was kept
 */
function ensureStrace(): void {
  if (isInstalled()) return;
  if (process.getuid?.() === 0) {
    spawnSync('apt-get', ['update', '-qq'], { stdio: 'inherit' });
    spawnSync('apt-get', ['install', '-y', '-qq', 'strace'], { stdio: ['ignore', 'inherit', 'inherit'] });
  }
  if (!isInstalled()) {
    throw new Error(
      'The network test watches system calls with strace, which is not installed here. Install the package "strace" ' +
        '(Debian and Ubuntu: sudo apt-get install strace) and run npm run test:network again.',
    );
  }
}

function isInstalled(): boolean {
  return spawnSync('strace', ['--version'], { stdio: 'ignore' }).status === 0;
}
