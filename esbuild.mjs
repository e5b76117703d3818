import { writeFileSync } from 'node:fs';
import { context } from 'esbuild';

const watch = process.argv.includes('--watch');

/** onnxruntime-node finds its native library relative to its own files, so it stays outside the bundles. */
const shared = {
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  minify: !watch,
  keepNames: true,
  sourcemap: watch,
  // Errors are told with the builds then.
  logLevel: watch ? 'silent' : 'warning',
  outdir: 'dist',
  mainFields: ['module', 'main'],
  // Vega's build for Node waits for the optional package `canvas` as it is loaded, which CommonJS cannot; SVG needs none.
  alias: { 'vega-canvas': './node_modules/vega-canvas/build/vega-canvas.browser.js' },
  external: ['vscode', 'onnxruntime-node'],
};

/** Says when builds begin and end, so that a task that runs in the background can tell (VS Code's problem matchers do). */
let running = 0;
const tellBuilds = {
  name: 'tell-builds',
  setup({ onStart, onEnd }) {
    onStart(() => {
      if (running++ === 0) console.log('[watch] build started');
    });
    onEnd(({ errors }) => {
      for (const { text, location } of errors) {
        console.error(`✘ [ERROR] ${text}`);
        if (location) console.error(`    ${location.file}:${location.line}:${location.column}:`);
      }
      if (--running === 0) console.log('[watch] build finished');
    });
  },
};
const watching = watch ? [tellBuilds] : [];

/** The report pages are a file of their own beside the command line's, read when a report is asked for. */
const reportPagesApart = {
  name: 'report-pages-apart',
  setup({ onResolve }) {
    // `require` finds it without an ending.
    onResolve({ filter: /\/reportPages$/ }, () => ({ path: './reportPages', external: true }));
  },
};

/** The package's notices name what is in its bundles: scripts/thirdPartyNotices.mjs. */
const metafileForNotices = {
  name: 'metafile-for-notices',
  setup({ initialOptions, onEnd }) {
    if (watch) return;
    initialOptions.metafile = true;
    onEnd(({ metafile }) => {
      if (metafile) writeFileSync('dist/extension.meta.json', JSON.stringify(metafile));
    });
  },
};

const builds = await Promise.all([
  context({
    ...shared,
    entryPoints: { extension: 'src/extension.ts', engine: 'src/engine/engineMain.ts' },
    plugins: [...watching, metafileForNotices],
  }),
  context({
    ...shared,
    entryPoints: { cli: 'src/cli/cliMain.ts', reportPages: 'src/evaluation/report/reportPages.ts' },
    plugins: [reportPagesApart, ...watching],
    supported: { 'dynamic-import': false },
  }),
]);
for (const build of builds) {
  if (watch) await build.watch();
  else {
    await build.rebuild();
    await build.dispose();
  }
}
