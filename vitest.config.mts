import { defineConfig } from 'vitest/config';

/** The engine uses all cores, so test files that run it wait for each other. */
const oneAtATime = { fileParallelism: false, testTimeout: 300_000, hookTimeout: 300_000 };

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.ts'],
          // Property tests take their time where the machine has other work.
          testTimeout: 60_000,
          expect: { poll: { timeout: 30_000 } },
          alias: { vscode: new URL('./test/support/vscode.ts', import.meta.url).pathname },
        },
      },
      { test: { name: 'network', include: ['test/network/**/*.test.ts'], ...oneAtATime } },
      { test: { name: 'model', include: ['test/model/**/*.test.ts'], ...oneAtATime } },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: ['test/e2e/support/globalSetup.ts'],
          expect: { poll: { timeout: 60_000 } },
          ...oneAtATime,
        },
      },
    ],
  },
});
