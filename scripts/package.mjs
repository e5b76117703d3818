// `npm run package -- [--target linux-x64] [--out FILE] [--pre-release]`: one VSIX for one platform, with only that platform's native library.
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { packagedReadme } from './packagedReadme.mjs';
import { ensureReady, root } from './setup.mjs';
import { thirdPartyNotices } from './thirdPartyNotices.mjs';

/**
 * Files of onnxruntime-node's binary folder that each target needs; on Windows the DirectML provider's library comes along.
 * There is no binary for darwin-x64 and none for musl (alpine).
 */
const targets = {
  'linux-x64': ['onnxruntime_binding.node', 'libonnxruntime.so.1'],
  'linux-arm64': ['onnxruntime_binding.node', 'libonnxruntime.so.1'],
  'darwin-arm64': ['onnxruntime_binding.node', /^libonnxruntime\.1\.dylib$/],
  'win32-x64': ['onnxruntime_binding.node', 'onnxruntime.dll', 'DirectML.dll', 'dxil.dll', 'dxcompiler.dll'],
  'win32-arm64': ['onnxruntime_binding.node', 'onnxruntime.dll', 'DirectML.dll', 'dxil.dll', 'dxcompiler.dll'],
};

/** First bytes of a native library: a file of another system in a package fails only on the user's machine. */
const magic = { linux: '7f454c46', darwin: 'cffaedfe', win32: '4d5a' };

const { values } = parseArgs({
  options: {
    target: { type: 'string', default: `${process.platform}-${process.arch}` },
    out: { type: 'string' },
    'pre-release': { type: 'boolean', default: false },
  },
});
const { target } = values;
if (!(target in targets)) {
  process.stderr.write(`There is no engine for ${target}. Targets: ${Object.keys(targets).join(', ')}.\n`);
  process.exit(2);
}

ensureReady();
const runtime = path.join(root, 'dist', 'node_modules');
const notices = path.join(root, 'ThirdPartyNotices.txt');
// vsce finds it only below the root.
const readme = path.join('dist', 'README.md');
try {
  copyRuntime(target);
  const { inputs } = JSON.parse(readFileSync(path.join(root, 'dist', 'extension.meta.json'), 'utf8'));
  writeFileSync(notices, thirdPartyNotices(Object.keys(inputs)));
  const out = path.resolve(values.out ?? `top-k-${target}.vsix`);
  const vsce = ['node_modules/@vscode/vsce/vsce', 'package', '--no-dependencies', '--target', target, '--out', out];
  writeFileSync(path.join(root, readme), packagedReadme(readFileSync(path.join(root, 'README.md'), 'utf8'), root));
  const options = ['--allow-missing-repository', '--no-rewrite-relative-links', '--readme-path', readme];
  if (values['pre-release']) options.push('--pre-release');
  const { status } = spawnSync(process.execPath, [...vsce, ...options], { cwd: root, stdio: 'inherit' });
  process.exitCode = status ?? 1;
} finally {
  // The engine of this checkout would find another platform's library here.
  rmSync(runtime, { recursive: true, force: true });
  rmSync(notices, { force: true });
  rmSync(path.join(root, readme), { force: true });
}

/** Puts ONNX Runtime beside the bundles, where `require` finds it, as plain files (a VSIX keeps no links). */
function copyRuntime(name) {
  rmSync(runtime, { recursive: true, force: true });
  const [system, architecture] = name.split('-');
  for (const [module, parts] of Object.entries({ 'onnxruntime-node': ['dist'], 'onnxruntime-common': ['dist/cjs'] })) {
    for (const part of ['package.json', 'LICENSE', ...parts]) {
      const source = path.join(root, 'node_modules', module, part);
      const isCode = (file) => !/\.(map|d\.ts)$/.test(file);
      if (existsSync(source)) cpSync(source, path.join(runtime, module, part), { recursive: true, filter: isCode });
    }
  }
  const binaries = path.join('bin', 'napi-v6', system, architecture);
  const source = path.join(root, 'node_modules', 'onnxruntime-node', binaries);
  const destination = path.join(runtime, 'onnxruntime-node', binaries);
  mkdirSync(destination, { recursive: true });
  for (const file of readdirSync(source)) {
    if (!targets[name].some((wanted) => (wanted instanceof RegExp ? wanted.test(file) : wanted === file))) continue;
    assertMagic(path.join(source, file), magic[system]);
    cpSync(path.join(source, file), path.join(destination, file), { dereference: true });
  }
}

function assertMagic(file, expected) {
  const bytes = Buffer.alloc(expected.length / 2);
  const handle = openSync(file, 'r');
  readSync(handle, bytes, 0, bytes.length, 0);
  if (bytes.toString('hex') !== expected)
    throw new Error(`${file} is no native library of the target: it begins with ${bytes.toString('hex')}.`);
}
