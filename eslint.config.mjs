import { createNodeResolver, importX } from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

/** Rooms of src/, and what each may import from the others: the house of the README, held by lint. */
const rooms = {
  text: [],
  scoring: [],
  protocol: [],
  channel: ['protocol'],
  completion: ['text', 'protocol'],
  decoding: ['text', 'scoring', 'protocol'],
  'model-store': ['protocol'],
  engine: ['decoding', 'scoring', 'protocol', 'channel', 'model-store'],
  client: ['protocol', 'channel'],
  evaluation: ['completion', 'text', 'scoring', 'protocol'],
  editor: ['completion', 'client', 'protocol', 'model-store', 'text'],
  cli: ['completion', 'client', 'protocol', 'model-store', 'text', 'evaluation'],
};

const zones = Object.entries(rooms).map(([room, allowed]) => ({
  target: `./src/${room}`,
  from: './src',
  except: [`./${room}`, ...allowed.map((name) => `./${name}`)],
  message: `src/${room} may import only from: ${[room, ...allowed].join(', ')}.`,
}));

const onlyIn = (modules, message) => ({
  'no-restricted-imports': ['error', { patterns: [{ group: modules, message }] }],
});

/** Node modules that reach a network, under every name that they have. */
const networkModules = '^(node:)?(https?|http2|net|tls|dgram|dns)(/.*)?$';
const noNetwork =
  'Nothing here may use the network: README.md, Privacy. Files that may are listed in eslint.config.mjs.';
const networkGlobals = ['fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource'];
/** Files that may use the network. Of the product: none. */
const mayUseNetwork = {
  src: [],
  // The workbench and its probes listen on and ask 127.0.0.1.
  tests: ['test/e2e/support/server.ts', 'bench/editor/hostProbe.ts', 'bench/editor/workbench.mjs'],
};

export default tseslint.config(
  {
    ignores: [
      'dist/',
      'node_modules/',
      '.e2e/',
      '.vscode-test/',
      'bench/node_modules/',
      'bench/.cache/',
      'media/samples/',
      'models/',
      'test/**/fixtures/',
    ],
  },
  {
    files: ['**/*.{ts,mts}'],
    extends: [tseslint.configs.recommended],
    plugins: { 'import-x': importX },
    settings: {
      'import-x/resolver-next': [createNodeResolver({ extensions: ['.ts', '.mts', '.mjs', '.js'] })],
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts', '.mts'] },
    },
    rules: {
      'import-x/no-restricted-paths': ['error', { basePath: import.meta.dirname, zones }],
      'import-x/no-default-export': 'error',
      'import-x/no-cycle': 'error',
      'no-console': 'error',
      eqeqeq: 'error',
      'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  {
    files: ['{src,test,bench,scripts}/**/*.{ts,mts,cts,js,mjs,cjs}', '*.{ts,mts,mjs}'],
    ignores: [...mayUseNetwork.src, ...mayUseNetwork.tests],
    plugins: { '@typescript-eslint': tseslint.plugin },
    rules: {
      // The rooms below set the core rule of this name, each its own; the two do not replace each other.
      '@typescript-eslint/no-restricted-imports': [
        'error',
        { patterns: [{ regex: networkModules, message: noNetwork }] },
      ],
      'no-restricted-globals': ['error', ...networkGlobals.map((name) => ({ name, message: noNetwork }))],
      'no-restricted-properties': [
        'error',
        ...networkGlobals.map((property) => ({ object: 'globalThis', property, message: noNetwork })),
      ],
      'no-restricted-syntax': [
        'error',
        ...['ImportExpression > Literal', 'CallExpression[callee.name="require"] > Literal'].map((selector) => ({
          selector: `${selector}[value=/${networkModules.replaceAll('/', '\\u002F')}/]`,
          message: noNetwork,
        })),
      ],
    },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/editor/**', 'src/extension.ts', 'src/engine/**'],
    rules: onlyIn(
      ['vscode', 'onnxruntime-node'],
      'Only src/editor imports vscode, only src/engine imports onnxruntime-node.',
    ),
  },
  {
    files: ['src/editor/**/*.ts', 'src/extension.ts'],
    rules: onlyIn(['onnxruntime-node'], 'Only src/engine imports onnxruntime-node.'),
  },
  {
    files: ['src/engine/**/*.ts'],
    ignores: ['src/engine/onnx/onnxruntime.ts'],
    rules: onlyIn(
      ['vscode', 'onnxruntime-node'],
      'The engine knows nothing of VS Code, and loads ONNX Runtime by onnx/onnxruntime, which switches its telemetry off.',
    ),
  },
  { files: ['src/engine/onnx/onnxruntime.ts'], rules: onlyIn(['vscode'], 'The engine knows nothing of VS Code.') },
  {
    files: ['{test,bench,scripts}/**/*.{ts,mjs,cjs}'],
    rules: onlyIn(['onnxruntime-node'], 'Load src/engine/onnx/onnxruntime.ts, which switches the telemetry off.'),
  },
  {
    files: ['src/{text,scoring,protocol,completion,decoding}/**/*.ts'],
    rules: onlyIn(['vscode', 'onnxruntime-node', 'node:*', 'vscode-jsonrpc'], 'This room is pure.'),
  },
  {
    files: ['vitest.config.mts', 'test/**/*.ts'],
    rules: { 'import-x/no-default-export': 'off', 'no-console': 'off' },
  },
);
