// What the e2e tests drive the workbench with; bundled by workbench.mjs.
export { openBrowser } from '../../test/e2e/support/browser';
export { keyToGhostMs, startGhostFrames, stopGhostFrames } from '../../test/e2e/support/ghostFrames';
export { readInstallation } from '../../test/e2e/support/installation';
export { startServer } from '../../test/e2e/support/server';
export { until } from '../../test/e2e/support/until';
export { ghostText, parkMouse, quickOpen, ready } from '../../test/e2e/support/workbench';
export { PROBE_VARIABLE } from './probeVariable';
