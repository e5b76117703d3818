import { execFileSync } from 'node:child_process';
import { ensurePackaged } from '../../support/packagedExtension';

/** Before the first e2e test: installs the workbench where it is missing, and packages the extension. */
export function setup(): void {
  execFileSync(process.execPath, ['scripts/e2e-setup.mjs'], { stdio: 'inherit' });
  ensurePackaged();
}
