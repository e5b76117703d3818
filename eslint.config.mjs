import importPlugin from 'eslint-plugin-import';
import tseslint from 'typescript-eslint';

/** Rooms of src/, and what each may import from the others: the house of the README, held by lint. */
const rooms = {
  text: [],
  scoring: [],
  protocol: [],
  completion: ['text', 'protocol'],
  decoding: ['text', 'scoring', 'protocol'],
  'model-store': ['protocol'],
  engine: ['decoding', 'scoring', 'protocol', 'model-store'],
  client: ['protocol'],
  evaluation: ['completion', 'text', 'scoring', 'protocol', 'cli/terminal/summaryReport.ts'],
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
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommended],
    plugins: { import: importPlugin },
    settings: {
      'import/resolver': { node: { extensions: ['.ts', '.mjs', '.js'] } },
      'import/parsers': { '@typescript-eslint/parser': ['.ts'] },
    },
    rules: {
      'import/no-restricted-paths': ['error', { basePath: import.meta.dirname, zones }],
      'import/no-default-export': 'error',
      'import/no-cycle': 'error',
      'no-console': 'error',
      eqeqeq: 'error',
      'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
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
  { files: ['src/engine/**/*.ts'], rules: onlyIn(['vscode'], 'The engine knows nothing of VS Code.') },
  {
    files: ['src/{text,scoring,completion}/**/*.ts'],
    rules: onlyIn(['vscode', 'onnxruntime-node', 'node:*', 'vscode-jsonrpc'], 'This room is pure.'),
  },
  {
    files: ['vitest.config.ts', 'test/**/*.ts'],
    rules: { 'import/no-default-export': 'off', 'no-console': 'off' },
  },
);
