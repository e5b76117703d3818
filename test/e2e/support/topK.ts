import type { Page } from 'playwright-core';
import { afterEach, expect } from 'vitest';
import { extensionId, packagedExtension } from '../../support/packagedExtension';
import type { BrowserOptions } from './browser';
import type { ServerOptions } from './server';
import { until } from './until';
import { dismissQuickPick, palette, quickPickTitled } from './quickInput';
import {
  focusedEditor,
  ghostText,
  notifications,
  openWorkbench,
  parkMouse,
  statusBarItem,
  type Workbench,
} from './workbench';

/** The machine may be busy with other things, and the engine may have to start first. */
const ANSWER_TIMEOUT_MS = 120_000;

/**
 * What a test types is what the editor has, and one file does not change the completions in another. However busy the machine
 * is, no completion is cut short, and VS Code does not give up waiting for it in favour of the suggest widget.
 */
const PLAIN_SETTINGS = {
  'editor.autoClosingBrackets': 'never',
  'editor.autoIndent': 'none',
  'editor.quickSuggestions': { other: 'off' },
  'topK.budgetMs': 5000,
  'topK.context.openFiles': false,
  'topK.context.recentEdits': false,
  'topK.context.siblings': false,
  'topK.context.definitions': false,
  'topK.context.workspaceMemory': false,
};

/** Top-K's one key: asks for a completion, and shows the scores of the one that is shown. */
export const topKKey = 'Shift+Alt+K';

/** A workbench with the packaged extension, active. */
export async function openTopK(options: ServerOptions & BrowserOptions = {}): Promise<Workbench> {
  const settings = { ...PLAIN_SETTINGS, ...options.settings };
  const workbench = await openWorkbench({ vsix: [packagedExtension], ...options, settings });
  await status(workbench.page).waitFor({ timeout: ANSWER_TIMEOUT_MS });
  await parkMouse(workbench.page);
  return workbench;
}

/** The extension's item in the status bar. */
export function status(page: Page) {
  return statusBarItem(page, extensionId, 'topK.status');
}

/** What the status bar item says to a screen reader: a sentence. */
export async function statusSentence(page: Page): Promise<string> {
  return (await status(page).locator('a').getAttribute('aria-label')) ?? '';
}

/** Types as a person does, once the editor has the keyboard: earlier keys go elsewhere. */
export async function typeText(page: Page, text: string): Promise<void> {
  await focusedEditor(page).waitFor();
  await page.keyboard.type(text, { delay: 40 });
}

/** Types at the end of the document, on a line of its own if `text` begins with a line feed. */
export async function typeAtEnd(page: Page, text: string): Promise<void> {
  await pressInEditor(page, 'Control+End');
  await typeText(page, text);
}

/** Types in place of the caret's line. */
export async function retypeLine(page: Page, text: string): Promise<void> {
  await pressInEditor(page, 'Control+L');
  await typeText(page, text);
}

/** Presses a key once the editor has the keyboard. */
export async function pressInEditor(page: Page, key: string): Promise<void> {
  await focusedEditor(page).waitFor();
  await page.keyboard.press(key);
}

/** The ghost text as soon as there is one. */
export function someGhost(page: Page): Promise<string> {
  return until('a ghost text', () => ghostText(page), ANSWER_TIMEOUT_MS);
}

/** The entries of Top-K: Why No Suggestion?, newest first. Opening it hides ghost text. */
export async function whyNoSuggestion(page: Page): Promise<string[]> {
  await palette(page, 'Top-K: Why No Suggestion?');
  await quickPickTitled(page, 'Top-K: Why No Suggestion?');
  const entries = await page.locator('.quick-input-widget .monaco-list-row').allInnerTexts();
  await dismissQuickPick(page);
  return entries.map((text) => text.replace(/\s+/g, ' ').trim());
}

/**
 * Types one letter after the other until the newest decision is the wanted one. A letter that the palette follows too soon
 * is never asked about, or never answered, because the editor has lost the focus by then: every letter is given more time.
 */
export async function typeUntilDecision(page: Page, wanted: RegExp): Promise<string> {
  let patienceMs = 100;
  return until(
    `a newest decision like ${wanted}`,
    async () => {
      patienceMs *= 1.5;
      await focusedEditor(page).waitFor();
      await page.keyboard.type('a', { delay: patienceMs });
      const [newest] = await whyNoSuggestion(page);
      if (wanted.test(newest!)) return newest;
      throw new Error(newest);
    },
    ANSWER_TIMEOUT_MS,
  );
}

/** After every test of the file: Top-K has put nothing in front of the user. */
export function expectNoToasts(page: () => Page): void {
  afterEach(async () => expect(await notifications(page())).toEqual([]));
}

/** The score card in the visible hover, as it is displayed. */
export interface ScoreCard {
  /** All of it, white space collapsed. */
  readonly text: string;
  /** The tokens in its list of them, blanks as the card shows them. */
  readonly tokens: readonly string[];
  /** Cells of the candidate table, header first. */
  readonly rows: readonly (readonly string[])[];
}

/** Waits for a hover that holds a score card. */
export async function scoreCard(page: Page): Promise<ScoreCard> {
  return until('a score card', () =>
    page.evaluate(() => {
      const isSeen = (element: Element): boolean => {
        const box = element.getBoundingClientRect();
        const isInside = box.width > 0 && box.top >= 0 && box.bottom <= innerHeight;
        return isInside && element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
      };
      const hover = [...document.querySelectorAll<HTMLElement>('.monaco-hover')].find(
        (one) => isSeen(one) && one.querySelector('table') !== null && one.innerText.includes('Top-K'),
      );
      if (hover === undefined) return undefined;
      const tokenList = [...hover.querySelectorAll('p')].find((one) => one.innerText.startsWith('Tokens:'));
      return {
        text: hover.innerText.replace(/\s+/g, ' ').trim(),
        tokens: Array.from(tokenList?.querySelectorAll('code') ?? [], (code) => code.textContent),
        rows: Array.from(hover.querySelectorAll('tr'), (row) => Array.from(row.cells, (cell) => cell.innerText.trim())),
      };
    }),
  );
}

/** The middle of a text in the active editor, in page coordinates. Ghost text does not count. */
export async function middleOf(page: Page, text: string): Promise<{ x: number; y: number }> {
  return until(`'${text}' in the editor`, () =>
    page.evaluate((wanted) => {
      for (const line of document.querySelectorAll('.editor-group-container.active .view-line')) {
        const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
        const nodes: { node: Node; start: number }[] = [];
        let whole = '';
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
          if (node.parentElement?.closest('.ghost-text-decoration')) continue;
          nodes.push({ node, start: whole.length });
          whole += node.textContent;
        }
        const start = whole.replaceAll('\u00a0', ' ').indexOf(wanted);
        if (start < 0) continue;
        const middle = start + wanted.length / 2;
        const at = nodes.findLast((one) => one.start <= middle)!;
        const range = document.createRange();
        range.setStart(at.node, Math.floor(middle - at.start));
        range.setEnd(at.node, Math.floor(middle - at.start) + 1);
        const box = range.getBoundingClientRect();
        return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
      }
      return undefined;
    }, text),
  );
}
