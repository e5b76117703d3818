// `node scripts/checkPackage.mjs FILE.vsix --target linux-x64`: whether a package is what its target needs: every part is
// there, each native library is of that system, and nothing is in it that nobody named. A release publishes only what passes.
import path from 'node:path';
import { parseArgs } from 'node:util';
import AdmZip from 'adm-zip';

/** First bytes of the native libraries, and the names that they end in. */
const systems = {
  linux: { magic: '7f454c46', library: /\.so(\.\d+)*$/ },
  darwin: { magic: 'cffaedfe', library: /\.dylib$/ },
  win32: { magic: '4d5a', library: /\.dll$/ },
};
const anyLibrary = /\.(node|dll|dylib|exe|so(\.\d+)*)$/;

const needed = [
  ...['package.json', 'readme.md', 'changelog.md', 'LICENSE.txt', 'SECURITY.md', 'ThirdPartyNotices.txt'],
  ...['dist/extension.js', 'dist/engine.js', 'dist/node_modules/onnxruntime-node/package.json'],
  ...['models/smollm2-135m/manifest.json', 'models/smollm2-135m/LICENSE', 'media/icon.png'],
];
/** Everything else that may be in it; an allow-list, as .vscodeignore is one. */
const allowed = /^(dist\/node_modules\/onnxruntime-(node|common)|models\/smollm2-135m|media)\//;
/** Today's have 145 to 160 MB. Many more mean that something came along which nobody named. */
const mostBytes = 190e6;
const noticed = ['zod', 'vscode-jsonrpc', '@huggingface/tokenizers', 'onnxruntime-node', 'SmolLM2'];

const { values, positionals } = parseArgs({ options: { target: { type: 'string' } }, allowPositionals: true });
const [file] = positionals;
const [system, architecture] = values.target?.split('-') ?? [];
if (file === undefined || !(system in systems)) {
  process.stderr.write('Usage: node scripts/checkPackage.mjs FILE.vsix --target linux-x64|win32-x64|…\n');
  process.exit(2);
}
const faults = faultsOf(new AdmZip(file));
for (const fault of faults) process.stderr.write(`${path.basename(file)}: ${fault}\n`);
process.stdout.write(faults.length === 0 ? `${path.basename(file)} is sound.\n` : '');
process.exitCode = faults.length === 0 ? 0 : 1;

function faultsOf(zip) {
  const entries = zip.getEntries().filter((entry) => entry.entryName.startsWith('extension/') && !entry.isDirectory);
  const files = new Map(entries.map((entry) => [entry.entryName.slice('extension/'.length), entry]));
  const text = (name) => files.get(name)?.getData().toString('utf8') ?? '';
  const libraries = [...files.keys()].filter((name) => anyLibrary.test(name));
  const home = `dist/node_modules/onnxruntime-node/bin/napi-v6/${system}/${architecture}/`;
  const { magic, library } = systems[system];
  const bytes = entries.reduce((sum, entry) => sum + entry.header.compressedSize, 0);
  return [
    ...needed.filter((name) => !files.has(name)).map((name) => `${name} is missing.`),
    ...[...files.keys()]
      .filter((name) => !needed.includes(name) && !allowed.test(name))
      .map((name) => `${name} is in it, and nothing in the package needs it.`),
    ...libraries.filter((name) => !name.startsWith(home)).map((name) => `${name} is of another platform.`),
    ...libraries
      .filter((name) => !files.get(name).getData().toString('hex', 0, 4).startsWith(magic))
      .map((name) => `${name} is no library of ${system}.`),
    ...(libraries.some((name) => name.startsWith(home) && name.endsWith('.node')) ? [] : [`${home}*.node is missing.`]),
    ...(libraries.some((name) => name.startsWith(home) && library.test(name))
      ? []
      : [`ONNX Runtime is not in ${home}.`]),
    ...(bytes > mostBytes ? [`It has ${bytes} bytes, more than ${mostBytes}.`] : []),
    ...(zip.readAsText('extension.vsixmanifest').includes(`TargetPlatform="${values.target}"`)
      ? []
      : [`Its manifest does not name the target ${values.target}.`]),
    ...noticed
      .filter((name) => !text('ThirdPartyNotices.txt').includes(name))
      .map((name) => `ThirdPartyNotices.txt does not name ${name}.`),
  ];
}
