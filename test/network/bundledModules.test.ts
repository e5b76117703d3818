import { build } from 'esbuild';
import { expect, it } from 'vitest';

/** Packages whose unused parts are about networks, and what Top-K uses of them instead. */
const allowed = new Set([
  'vscode-jsonrpc net', // transports over sockets and pipes; Top-K gives it the channel that Node opens to a child process
]);
const networkModule = /^(?:node:)?(https?|http2|net|tls|dgram|dns)(?:\/.*)?$/;

it('No package in the bundles brings a network module along, but for known, unused parts', async () => {
  const { metafile } = await build({
    entryPoints: ['src/extension.ts', 'src/engine/engineMain.ts', 'src/cli/cliMain.ts'],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    mainFields: ['module', 'main'],
    external: ['vscode', 'onnxruntime-node', '*/reportPages'],
    metafile: true,
    write: false,
    outdir: 'dist',
    logLevel: 'error',
  });
  const found = Object.entries(metafile.inputs).flatMap(([file, { imports }]) =>
    imports.flatMap(({ path: imported }) => {
      const module = networkModule.exec(imported)?.[1];
      const owner = /^.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? file;
      return module ? [`${owner} ${module}`] : [];
    }),
  );
  expect(found).toContain('vscode-jsonrpc net'); // what is looked for is found
  expect([...new Set(found)].filter((use) => !allowed.has(use))).toEqual([]);
});
