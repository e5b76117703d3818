import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { CDPSession, Page } from 'playwright-core';
import type { Crop } from './recording';
import { until } from './until';

/** Size in CSS pixels, and how many pixels of a picture one of them is. */
export interface PictureWindow {
  readonly width: number;
  readonly height: number;
  readonly density: number;
}

const screenshots = 'test/e2e/screenshots';

/** Where a picture of this name is written; git does not track it. */
export function picturePath(name: string): string {
  const file = path.join(screenshots, name);
  mkdirSync(path.dirname(file), { recursive: true });
  return file;
}

/** Puts a picture into media/ when that was asked for: a test run leaves the working tree as it was. */
export function publish(name: string): void {
  if (process.env['TOPK_UPDATE_MEDIA'] === '1') copyFileSync(path.join(screenshots, name), path.join('media', name));
}

/** Writes a part of the page as a picture, and publishes it. */
export async function still(page: Page, name: string, crop: Crop): Promise<void> {
  await settled(page);
  // Playwright's own screenshots keep to the density that the page was opened with.
  const session = await sessionOf(page);
  const { data } = await session.send('Page.captureScreenshot', { format: 'png', clip: { ...crop, scale: 1 } });
  writeFileSync(picturePath(name), Buffer.from(data, 'base64'));
  publish(name);
}

/** Resizes the window, and resolves when the workbench has laid itself out. */
export async function setWindow(page: Page, { width, height, density }: PictureWindow): Promise<void> {
  await page.setViewportSize({ width, height });
  const session = await sessionOf(page);
  await session.send('Emulation.setDeviceMetricsOverride', {
    width,
    height,
    deviceScaleFactor: density,
    mobile: false,
  });
  await until('the window to be resized', () =>
    page.evaluate(
      (size) => {
        const { clientWidth, clientHeight } = document.querySelector('.monaco-workbench')!;
        return devicePixelRatio === size.density && clientWidth === size.width && clientHeight === size.height;
      },
      { width, height, density },
    ),
  );
}

/** Resolves when nothing fades in or out any more: a picture is to show what the user will look at. */
export async function settled(page: Page): Promise<void> {
  await until('the animations to end', () =>
    page.evaluate(() => document.getAnimations().every(({ playState }) => playState !== 'running')),
  );
}

/** Hides the status bar items that only VS Code in a browser has. */
export async function hideBrowserItems(page: Page): Promise<void> {
  await page.addStyleTag({
    content: ['status.workbench.keyboardLayout', 'status.forwardedPorts', 'status.host']
      .map((id) => `.statusbar-item[id="${id}"] { display: none !important }`)
      .join('\n'),
  });
}

const sessions = new WeakMap<Page, Promise<CDPSession>>();

/** One for a page: what a session overrides ends with it. */
function sessionOf(page: Page): Promise<CDPSession> {
  const session = sessions.get(page) ?? page.context().newCDPSession(page);
  sessions.set(page, session);
  return session;
}
