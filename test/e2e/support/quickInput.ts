import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { until } from './until';

/** VS Code's one widget for the Command Palette, Quick Open and every quick pick, as it is displayed. */
interface QuickInputState {
  readonly title: string;
  readonly value: string;
  /** Of the rows that are rendered, in the order of the DOM. */
  readonly labels: readonly string[];
  /** The label that Enter chooses. */
  readonly focused: string | undefined;
}

/** Runs a command by its whole title in the Command Palette, such as 'Top-K: Show Scores'. */
export async function palette(page: Page, title: string): Promise<void> {
  await open(page, 'F1');
  await choose(page, `>${title}`, title);
  // The command may open a quick pick of its own at once, in the same widget.
  await until(`the palette to run '${title}'`, async () => (await stateOf(page))?.value !== `>${title}`);
}

/** Opens the Command Palette for keys to be typed. */
export async function openPalette(page: Page): Promise<void> {
  await open(page, 'F1');
  await until('the prefix of commands', async () => (await stateOf(page))?.value === '>');
}

/** Chooses a file of the workspace in Quick Open. */
export async function chooseFile(page: Page, name: string): Promise<void> {
  await open(page, 'Control+P');
  await choose(page, name, path.basename(name));
  await isClosed(page);
}

/** Chooses a row of the open quick pick by its whole label. */
export function pick(page: Page, label: string): Promise<void> {
  return choose(page, label, label);
}

/** Waits for the quick pick of that title, and its rows: the palette that opened it may still be there. */
export async function quickPickTitled(page: Page, title: string): Promise<void> {
  await until(`the quick pick '${title}' with its rows`, async () => {
    const now = await stateOf(page);
    return now?.title.includes(title) && now.labels.length > 0;
  });
}

/** The labels of the open quick pick, from the top. */
export function quickPickLabels(page: Page): Promise<string[]> {
  return page.locator('.quick-input-widget .monaco-list-row .label-name').allTextContents();
}

/** Closes the quick pick; the keyboard goes back to where it was. */
export async function dismissQuickPick(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await isClosed(page);
}

function isClosed(page: Page): Promise<void> {
  return quickInput(page).waitFor({ state: 'hidden' });
}

async function open(page: Page, key: string): Promise<void> {
  await isClosed(page); // the one before
  await until(`the quick input by ${key}`, async () => {
    await page.keyboard.press(key);
    await quickInput(page).waitFor({ timeout: 5_000 });
    return true;
  });
}

/** Enters a text, moves to the row with that label, which may not be the first that the text finds, and presses Enter. */
async function choose(page: Page, text: string, label: string): Promise<void> {
  let wasFocused = false;
  await until(`the row '${label}'`, async () => {
    const now = await stateOf(page);
    const isFocused = now?.value === text && now.focused === label;
    // The list is filled in steps, some time after the text: the focus has to stay.
    if (isFocused && wasFocused) return true;
    wasFocused = isFocused;
    if (isFocused || now === undefined) return false;
    // VS Code puts a text of its own into a widget that has just opened.
    if (now.value !== text) await quickInput(page).fill(text, { timeout: 5_000 });
    else if (now.labels.includes(label)) await page.keyboard.press('ArrowDown');
    return false;
  });
  await page.keyboard.press('Enter');
}

function quickInput(page: Page): Locator {
  return page.locator('.quick-input-widget input.input');
}

/** Undefined while no quick input is open. All of it from one moment. */
function stateOf(page: Page): Promise<QuickInputState | undefined> {
  return page.evaluate(() => {
    const widget = document.querySelector('.quick-input-widget');
    if (!widget?.checkVisibility()) return undefined;
    const labelOf = (row: Element) => row.querySelector('.label-name')?.textContent ?? '';
    const rows = [...widget.querySelectorAll('.monaco-list-row')];
    const focused = rows.find((row) => row.classList.contains('focused'));
    return {
      title: widget.querySelector('.quick-input-title')?.textContent ?? '',
      value: widget.querySelector<HTMLInputElement>('input.input')?.value ?? '',
      labels: rows.map(labelOf),
      focused: focused && labelOf(focused),
    };
  });
}
