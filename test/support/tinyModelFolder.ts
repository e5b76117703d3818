import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

const contents: Readonly<Record<string, string>> = {
  'int8.onnx': 'graph',
  'float.onnx': 'other graph',
  'tokenizer.json': '{}',
};

/** A manifest that fits `contents`; loose, because tests make it wrong. */
export type LooseManifest = Record<string, unknown> & { files: { path: string; bytes: number; sha256: string }[] };

export function tinyManifest(): LooseManifest {
  const files = Object.entries(contents).map(([name, text]) => ({
    path: name,
    bytes: Buffer.byteLength(text),
    sha256: createHash('sha256').update(text).digest('hex'),
  }));
  const decoder = {
    layers: 1,
    heads: 1,
    keyValueHeads: 1,
    headDimension: 4,
    hiddenSize: 4,
    vocabularySize: 9,
    contextLength: 8,
  };
  return {
    format: 1,
    name: 'tiny',
    displayName: 'Tiny',
    license: 'Apache-2.0',
    source: 'a test',
    files,
    decoder,
    graphs: { int8: { file: 'int8.onnx' }, float32: { file: 'float.onnx' } },
    tokenizer: { file: 'tokenizer.json' },
    endOfText: [0],
    specialTokens: { fileSeparator: 1 },
  };
}

/** A folder that verifies, though no session could be made of it. */
export async function writeTinyModel(directory: string, manifest: unknown = tinyManifest()): Promise<string> {
  await mkdir(directory, { recursive: true });
  for (const [name, text] of Object.entries(contents)) await writeFile(path.join(directory, name), text);
  await writeFile(
    path.join(directory, 'manifest.json'),
    typeof manifest === 'string' ? manifest : JSON.stringify(manifest),
  );
  return directory;
}
