import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
import { type Installation, readInstallation } from './installation';

export interface BrowserOptions {
  /** Size of the window in CSS pixels. */
  viewport?: { width: number; height: number };
  installation?: Installation;
}

export interface BrowserWindow {
  readonly page: Page;
  close(): Promise<void>;
}

/** Playwright's own are for a machine that has nothing else to do. */
const STEP_TIMEOUT_MS = 60_000;
const LOAD_TIMEOUT_MS = 120_000;

/** Starts the installed headless Chromium with one empty page. */
export async function openBrowser(options: BrowserOptions = {}): Promise<BrowserWindow> {
  const installation = options.installation ?? readInstallation();
  // The package brings its own libnss3 and friends, for systems without them.
  const bundled = existsSync('/usr/lib/x86_64-linux-gnu/libnss3.so')
    ? {}
    : { LD_LIBRARY_PATH: installation.chromiumLibraries };
  const browser: Browser = await chromium.launch({
    executablePath: installation.chromium,
    env: { ...definedEnvironment(), ...bundled },
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  });
  const page = await browser.newPage({ viewport: options.viewport ?? { width: 1280, height: 800 } });
  page.setDefaultTimeout(STEP_TIMEOUT_MS);
  page.setDefaultNavigationTimeout(LOAD_TIMEOUT_MS);
  return { page, close: () => browser.close() };
}

function definedEnvironment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
