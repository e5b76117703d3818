// Installs and builds what is missing or out of date, with nothing but Node itself: it runs before any package is there.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** Runs a command to its end with our own output streams; ends this process with its exit code where it fails. */
export function run(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit', ...options });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}

/** npm may be a script of Node or a command of the shell, depending on how this was started. */
export function runNpm(args, options = {}) {
  const npmScript = process.env.npm_execpath;
  if (npmScript?.endsWith('.js')) run(process.execPath, [npmScript, ...args], options);
  else run('npm', args, { shell: process.platform === 'win32', ...options });
}

/** Installs the packages named in `package-lock.json`, unless that very lock file was installed already. */
export function ensurePackages(directory = root) {
  const lock = createHash('sha256')
    .update(readFileSync(path.join(directory, 'package-lock.json')))
    .digest('hex');
  const stamp = path.join(directory, 'node_modules', '.installed-lock');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  process.stderr.write('Installing packages…\n');
  // Standard output belongs to the command that is being prepared.
  runNpm(['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: directory, stdio: ['ignore', 2, 2] });
  writeFileSync(stamp, lock);
}

/** What `esbuild.mjs` writes; the last only where it does not watch, so that a package is never made of a watched build. */
const outputs = ['extension.js', 'engine.js', 'cli.js', 'reportPages.js', 'extension.meta.json'].map((name) =>
  path.join(root, 'dist', name),
);

/** Builds `dist/` where a source is newer than one of its files. */
export function ensureBuilt() {
  const sources = [
    ...['esbuild.mjs', 'package.json', 'package-lock.json'].map((name) => path.join(root, name)),
    ...filesBelow(path.join(root, 'src')),
  ];
  const newest = Math.max(...sources.map((file) => statSync(file).mtimeMs));
  if (outputs.every((file) => existsSync(file) && statSync(file).mtimeMs >= newest)) return;
  process.stderr.write('Building…\n');
  run(process.execPath, ['esbuild.mjs'], { stdio: ['ignore', 2, 2] });
}

export function ensureReady() {
  ensurePackages();
  ensureBuilt();
}

function filesBelow(directory) {
  return readdirSync(directory, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name));
}
