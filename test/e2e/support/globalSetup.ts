import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { packagedExtension } from './packagedExtension';

/** What goes into the package; models change only together with their manifest. */
const sources = ['src', 'media', 'package.json', 'package-lock.json', 'README.md', 'models/smollm2-135m/manifest.json'];

/** Before the first e2e test: installs the workbench where it is missing, and packages the extension as users get it. */
export function setup(): void {
  execFileSync(process.execPath, ['scripts/e2e-setup.mjs'], { stdio: 'inherit' });
  if (existsSync(packagedExtension) && statSync(packagedExtension).mtimeMs > Math.max(...sources.map(newestChange))) {
    return;
  }
  execFileSync(process.execPath, ['scripts/package.mjs', '--out', packagedExtension], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

function newestChange(file: string): number {
  const stats = statSync(file);
  if (!stats.isDirectory()) return stats.mtimeMs;
  return Math.max(stats.mtimeMs, ...readdirSync(file).map((name) => newestChange(path.join(file, name))));
}
