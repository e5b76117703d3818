import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Absolute paths of what scripts/e2e-setup.mjs installed. */
export interface Installation {
  readonly node: string;
  readonly server: string;
  readonly chromium: string;
  readonly chromiumLibraries: string;
}

/**
 * Reads .e2e/workbench.json of the repository (the current folder by default).
 * @throws if the workbench is not installed.
 */
export function readInstallation(repository = process.cwd()): Installation {
  const home = path.join(repository, '.e2e');
  const manifest = path.join(home, 'workbench.json');
  if (!existsSync(manifest)) throw new Error(`No workbench: ${manifest} is missing. Run: node scripts/e2e-setup.mjs`);
  const parts = JSON.parse(readFileSync(manifest, 'utf8')) as Installation;
  return {
    node: path.join(home, parts.node),
    server: path.join(home, parts.server),
    chromium: path.join(home, parts.chromium),
    chromiumLibraries: path.join(home, parts.chromiumLibraries),
  };
}
