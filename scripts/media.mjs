// `npm run media`: takes the pictures in media/ anew, in the workbench of the end-to-end tests, which it installs where missing.
import { spawnSync } from 'node:child_process';
import { ensureReady, root } from './setup.mjs';

ensureReady();
const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--project', 'e2e', 'test/e2e/pictures.test.ts'];
const { status } = spawnSync(process.execPath, vitest, {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, TOPK_UPDATE_MEDIA: '1' },
});
process.exitCode = status ?? 1;
