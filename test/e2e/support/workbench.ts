import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { type BrowserOptions, type BrowserWindow, openBrowser } from './browser';
import { type EditorDom, readEditorDom } from './editorDom';
import { chooseFile } from './quickInput';
import { type ServerOptions, startServer, type WorkbenchServer } from './server';

export interface Workbench {
  readonly server: WorkbenchServer;
  readonly page: Page;
  close(): Promise<void>;
}

const START_TIMEOUT_MS = 120_000;
const SCREENSHOTS = 'test/e2e/screenshots';

/** Starts a server and a browser, and opens the workbench in it. */
export async function openWorkbench(options: ServerOptions & BrowserOptions = {}): Promise<Workbench> {
  const server = await startServer(options);
  let browser: BrowserWindow | undefined;
  const close = async () => {
    await browser?.close();
    await server.stop();
  };
  try {
    browser = await openBrowser(options);
    await browser.page.goto(server.url());
    await ready(browser.page);
    return { server, page: browser.page, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Resolves when the workbench has drawn itself. Extensions may still be starting: wait for a status bar item of theirs. */
export async function ready(page: Page): Promise<void> {
  await page.locator('.monaco-workbench .statusbar-item').first().waitFor({ timeout: START_TIMEOUT_MS });
}

/** Opens a file of the workspace and waits until the editor takes keys, and VS Code asks for completions in it. */
export async function quickOpen(page: Page, name: string): Promise<void> {
  await chooseFile(page, name);
  await page.locator(`.tab.active[data-resource-name="${path.basename(name)}"]`).waitFor();
  await focusedEditor(page).waitFor();
  await idle(page);
}

/**
 * VS Code makes parts of a new editor, the one that asks for completions among them, when the page is idle for the first
 * time, or after 5 seconds: keys before that are not asked about. Idle callbacks run in the order of their requests.
 */
async function idle(page: Page): Promise<void> {
  await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve, { timeout: 10_000 })));
}

/** The editor that has the keyboard. */
export function focusedEditor(page: Page): Locator {
  return page.locator('.editor-instance .monaco-editor.focused');
}

/** The ghost text on display, its lines joined with '\n'; '' if there is none. */
export async function ghostText(page: Page): Promise<string> {
  return (await paintedEditor(page)).ghost;
}

/** The rendered lines of the active editor, without ghost text. */
export async function editorText(page: Page): Promise<string> {
  return (await paintedEditor(page)).lines.join('\n');
}

/** With everything that was typed: VS Code draws it in the next frame. */
async function paintedEditor(page: Page): Promise<EditorDom> {
  await page.evaluate(() => new Promise(requestAnimationFrame));
  return page.evaluate(readEditorDom);
}

/** Text of the hovers that can be seen, white space collapsed; '' if there is none. Hidden ones stay in the DOM. */
export function hoverText(page: Page): Promise<string> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('.monaco-hover')]
      .filter((hover) => {
        const box = hover.getBoundingClientRect();
        const inside = box.width > 0 && box.top >= 0 && box.left >= 0 && box.bottom <= innerHeight;
        return inside && hover.checkVisibility({ visibilityProperty: true, opacityProperty: true });
      })
      .map((hover) => hover.innerText.replace(/\s+/g, ' ').trim())
      .join('\n'),
  );
}

/** A status bar item by its extension (publisher.name) and the id it was created with. */
export function statusBarItem(page: Page, extension: string, id: string): Locator {
  return page.locator(`.statusbar-item[id="${extension}.${id}"]`);
}

/** The messages of the notification toasts. */
export function notifications(page: Page): Promise<string[]> {
  return page.locator('.notification-toast .notification-list-item-message').allInnerTexts();
}

/**
 * Moves the mouse to where it does nothing: the middle of the status bar. Inside the editor it counts as being on the end
 * of a line even below the last one, and keeps the inline toolbar open.
 */
export async function parkMouse(page: Page): Promise<void> {
  const size = page.viewportSize();
  if (size === null) throw new Error('The page has no viewport size.');
  await page.mouse.move(size.width / 2, size.height - 3);
}

/** Writes test/e2e/screenshots/<name>.png and returns its path. */
export async function screenshot(page: Page, name: string): Promise<string> {
  mkdirSync(SCREENSHOTS, { recursive: true });
  const file = path.join(SCREENSHOTS, `${name}.png`);
  // Hovers and lists fade in; the picture shows them as they will be.
  await page.screenshot({ path: file, animations: 'disabled' });
  return file;
}
