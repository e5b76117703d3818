import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';

/** The VSIX that the tests install or unpack: what a user gets, not the source folder. */
export const packagedExtension = '.e2e/top-k.vsix';
/** Publisher and name, as VS Code names it. */
export const extensionId = 'top-k.top-k';

/** What goes into the package; models change only together with their manifest. */
const sources = [
  ...['src', 'media', 'esbuild.mjs', 'scripts', '.vscodeignore', 'package.json', 'package-lock.json'],
  ...['README.md', 'CHANGELOG.md', 'models/smollm2-135m/manifest.json'],
];

/** Packages the extension as users get it, where a file that goes into it is newer than the package. */
export function ensurePackaged(): void {
  if (existsSync(packagedExtension) && statSync(packagedExtension).mtimeMs > Math.max(...sources.map(newestChange))) {
    return;
  }
  mkdirSync(path.dirname(packagedExtension), { recursive: true });
  execFileSync(process.execPath, ['scripts/package.mjs', '--out', packagedExtension], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

function newestChange(file: string): number {
  const stats = statSync(file);
  if (!stats.isDirectory()) return stats.mtimeMs;
  return Math.max(stats.mtimeMs, ...readdirSync(file).map((name) => newestChange(path.join(file, name))));
}
