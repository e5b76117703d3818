// ThirdPartyNotices.txt: what in the package others wrote, with the text of each licence. Asked are esbuild, which packages
// it put into the bundles, and what `package.mjs` copies beside them. Works offline, and fails where a text is missing.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './setup.mjs';

const line = `\n${'-'.repeat(100)}\n\n`;

/** The whole text, for the inputs of the bundles: the keys of `inputs` in esbuild's metafile. */
export function thirdPartyNotices(inputs) {
  const sections = [
    ...packagesOf(inputs).map(bundledPackage),
    onnxruntime(),
    directml(),
    // The model is the work of others too.
    `SmolLM2-135M-Instruct, Apache-2.0, in models/smollm2-135m (changed: see its README.md)\n\n${read('models/smollm2-135m/LICENSE')}`,
  ];
  const head =
    'Top-K contains work of others, under the licences below. Top-K itself is under the licence in LICENSE.\n';
  return [head, ...sections.map((section) => section.trim() + '\n')].join(line);
}

/** Folders of the packages that files belong to; of two versions of one package both. */
export function packagesOf(inputs) {
  const folders = inputs.flatMap((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []);
  return [...new Set(folders)].sort();
}

function bundledPackage(folder) {
  const { name, version, license } = JSON.parse(read(folder, 'package.json'));
  const texts = readdirSync(path.join(root, folder)).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file));
  if (texts.length === 0)
    throw new Error(`${folder} has no file with its licence. Put the text into scripts/notices, and name it here.`);
  return `${name} ${version}, ${license}\n\n${texts.map((file) => read(folder, file).trim()).join('\n\n')}`;
}

/** The npm packages carry no texts. These are from the Python package of the same version, made of the same sources. */
function onnxruntime() {
  const { version } = JSON.parse(read('node_modules/onnxruntime-node/package.json'));
  const notices = `scripts/notices/onnxruntime-${version}-ThirdPartyNotices.txt`;
  if (!existsSync(path.join(root, notices)))
    throw new Error(
      `${notices} is missing. Take ThirdPartyNotices.txt and LICENSE from the Python package onnxruntime ${version}, ` +
        'and remove those of the version before.',
    );
  return (
    `onnxruntime-node and onnxruntime-common ${version}, MIT\n\n${read('scripts/notices/onnxruntime-LICENSE.txt')}\n` +
    `ONNX Runtime contains work of others in its turn:\n\n${read(notices)}`
  );
}

function directml() {
  return (
    'DirectML.dll, dxil.dll and dxcompiler.dll (packages for Windows only) are files of Microsoft that onnxruntime-node brings\n' +
    'along without a text. Their terms are those of DirectML (https://www.nuget.org/packages/Microsoft.AI.DirectML) and of the\n' +
    'DirectX Shader Compiler (https://github.com/microsoft/DirectXShaderCompiler).\n'
  );
}

function read(...parts) {
  return readFileSync(path.join(root, ...parts), 'utf8').replaceAll('\r\n', '\n');
}
