// The pictures of README and walkthrough, taken of the real thing. `npm run media` puts them into media/.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keepFailurePictures } from './support/failurePictures';
import { hideBrowserItems, picturePath, publish, setWindow, settled, still } from './support/pictures';
import { openPalette, palette, quickPickLabels, quickPickTitled } from './support/quickInput';
import { type Crop, Recording } from './support/recording';
import {
  expectNoToasts,
  openTopK,
  pressInEditor,
  retypeLine,
  scoreCard,
  someGhost,
  statusSentence,
  topKKey,
  typeAtEnd,
} from './support/topK';
import { until } from './support/until';
import { editorText, ghostText, parkMouse, quickOpen, type Workbench } from './support/workbench';

/** Ends where a method has to be written for which the model sees several good ways. */
const indentation = '        ';
const basket = readFileSync('media/samples/basket.py', 'utf8') + indentation;
const typed = 'return max';
const inWalkthrough = { width: 690, height: 380, density: 2 };
const inReadme = { width: 960, height: 690, density: 1 };

let workbench: Workbench;
keepFailurePictures(() => workbench.page);
expectNoToasts(() => workbench.page);

beforeAll(async () => {
  workbench = await openTopK({
    files: { 'basket.py': basket },
    viewport: inReadme,
    settings: {
      'workbench.colorTheme': 'Dark 2026',
      'workbench.activityBar.location': 'hidden',
      'workbench.layoutControl.enabled': false,
      'workbench.editor.editorActionsLocation': 'hidden',
      'workbench.editor.useModal': 'off',
      'window.commandCenter': false,
      'window.menuBarVisibility': 'hidden',
      'window.customTitleBarVisibility': 'never',
      'breadcrumbs.enabled': false,
      'editor.fontSize': 15,
      'editor.lineHeight': 22,
      'editor.folding': false,
      'editor.glyphMargin': false,
      'editor.lineNumbersMinChars': 3,
      'editor.minimap.enabled': false,
      'editor.scrollbar.vertical': 'hidden',
      'editor.hideCursorInOverviewRuler': true,
      'editor.overviewRulerBorder': false,
      'editor.overviewRulerLanes': 0,
      'editor.matchBrackets': 'never',
      'editor.stickyScroll.enabled': false,
      'editor.guides.indentation': false,
      'editor.occurrencesHighlight': 'off',
      'editor.renderLineHighlight': 'none',
      'editor.hover.above': false,
      // The best ones; further ones are far from likely here.
      'topK.alternatives': 2,
      // The keys pressed, as a caption. Letters are seen in the editor.
      'screencastMode.keyboardOptions': { showKeys: false, showKeybindings: true, showCommands: true },
      'screencastMode.fontSize': 20,
      'screencastMode.verticalOffset': 4,
      'screencastMode.keyboardOverlayTimeout': 2500,
    },
  });
  await hideBrowserItems(workbench.page);
  await palette(workbench.page, 'View: Toggle Primary Side Bar Visibility');
});
afterAll(() => workbench.close());

const onDisk = (name: string): string => readFileSync(path.join(workbench.server.workspace, name), 'utf8');

describe('the pictures of the walkthrough', () => {
  it('completion.png: ghost text behind the caret', async () => {
    const { page } = workbench;
    await setWindow(page, inWalkthrough);
    await quickOpen(page, 'basket.py');
    await typeAtEnd(page, typed);
    expect(await someGhost(page)).toMatch(/^\(self\.items, key=lambda item: item\.\w+\)$/);
    await expect.poll(() => statusSentence(page)).toMatch(/^Top-K has a completion, confidence \d+%\.$/);
    await still(page, 'walkthrough/completion.png', whole(inWalkthrough));
  });

  it('scores.png: the whole score card below the line that it is about', async () => {
    const { page } = workbench;
    const size = { ...inWalkthrough, width: 800, height: 800 };
    await setWindow(page, size);
    await page.keyboard.press(topKKey);
    await pullHoverDown(page);
    await page.keyboard.press('Escape');
    await retypeLine(page, `${indentation}${typed}`);
    await someGhost(page);
    await page.keyboard.press(topKKey);
    const { rows } = await scoreCard(page);
    expect(rows).toHaveLength(6);
    const card = await wholeCard(page);
    const line = (await page.locator('.view-line', { hasText: typed }).boundingBox())!;
    const top = line.y - line.height;
    const height = card.y + card.height + 8 - top;
    await still(page, 'walkthrough/scores.png', { ...whole(size), y: top, height });
    await page.keyboard.press('Escape');
  });

  it('settings.png: the settings of Top-K, with their descriptions', async () => {
    const { page } = workbench;
    await setWindow(page, { ...inWalkthrough, height: 760 });
    await palette(page, 'Top-K: Open Settings');
    await page.locator('.settings-editor', { hasText: /\d+ Settings Found/ }).waitFor();
    const names = ['candidates', 'multiLine', 'maxTokens', 'minimumConfidence'];
    await page.keyboard.press('Control+A');
    await page.keyboard.insertText(names.map((name) => `@id:topK.${name}`).join(' '));
    const titles = page.locator('.settings-editor .setting-item-label');
    await expect
      .poll(() => titles.allInnerTexts())
      .toEqual(['Multi Line', 'Max Tokens', 'Minimum Confidence', 'Candidates']);
    const first = (await titles.first().boundingBox())!;
    const last = (await page.locator('.settings-editor .setting-item-contents').last().boundingBox())!;
    await still(page, 'walkthrough/settings.png', {
      ...whole(inWalkthrough),
      x: 24,
      width: inWalkthrough.width - 48,
      y: first.y - 16,
      height: last.y + last.height - first.y + 16,
    });
  });
});

describe('the picture of the README', () => {
  it('demo.gif: typing, a completion, its score card, another candidate, accepting', async () => {
    const { page } = workbench;
    await quickOpen(page, 'basket.py');
    await palette(page, 'View: Close Other Editors in Group');
    await palette(page, 'File: Revert File');
    await setWindow(page, { ...inReadme, height: 313 }); // puts the last line far from the end of the larger window
    await pressInEditor(page, 'Control+Home');
    await pressInEditor(page, 'Control+End');
    await setWindow(page, inReadme);
    await palette(page, 'Developer: Toggle Screencast Mode');
    await captionGone(page);
    const gif = new Recording(page, whole(inReadme));
    const frame = async (holdMs: number) => {
      await settled(page);
      await gif.frame(holdMs);
    };
    await frame(600);
    for (const letter of typed) {
      await page.keyboard.type(letter);
      await frame(90);
    }
    const ghost = await someGhost(page);
    await frame(1500);

    await page.keyboard.press(topKKey);
    const { rows } = await scoreCard(page);
    expect(rows).toHaveLength(6);
    await wholeCard(page);
    await frame(1200);
    await captionGone(page);
    await frame(3500);

    await openPalette(page);
    await page.keyboard.type('top-k another');
    await page.locator('.quick-input-widget .monaco-list-row.focused', { hasText: 'Another Candidate' }).waitFor();
    await frame(1200);
    await page.keyboard.press('Enter');
    await quickPickTitled(page, 'Complete from Another Candidate');
    const [candidate] = await quickPickLabels(page);
    expect(candidate).toBe(rows[2]![1]);
    await captionGone(page);
    await frame(2500);
    await page.keyboard.press('Enter');
    const forked = await someGhost(page);
    expect(forked).not.toBe(ghost);
    expect(forked).toContain(`item.${candidate}`);
    await captionGone(page);
    await frame(2000);

    await page.keyboard.press('Tab');
    await expect.poll(() => ghostText(page)).toBe('');
    await expect.poll(() => editorText(page)).toContain(`${typed}${forked}`);
    await frame(1000);
    await captionGone(page);
    await frame(2500);
    await page.keyboard.press('Control+S');
    await expect.poll(() => onDisk('basket.py')).toBe(`${basket}${typed}${forked}`);
    await gif.write(picturePath('demo.gif'));
    publish('demo.gif');
  }, 300_000); // every caption has to be waited for, and the encoder is slow on a busy machine
});

/** Waits until the keys that were pressed are not shown any more. */
async function captionGone(page: Page): Promise<void> {
  await until('the caption to go', async () => (await page.locator('.screencast-keyboard').innerText()) === '');
}

/** The box of the hover, when no part of the card has to be scrolled to. */
async function wholeCard(page: Page): Promise<Crop> {
  return until('a card that is seen as a whole', async () => {
    const hover = (await page.locator('.monaco-resizable-hover').boundingBox())!;
    const rows = await Promise.all(
      (await page.locator('.monaco-resizable-hover .hover-row').all()).map((row) => row.boundingBox()),
    );
    const isWhole =
      rows.length > 0 && rows.every((row) => row !== null && row.y + row.height <= hover.y + hover.height);
    return isWhole && hover;
  });
}

/** Pulls the hover larger by its lower edge. VS Code makes none higher than 250 pixels until then, and remembers it. */
async function pullHoverDown(page: Page): Promise<void> {
  await scoreCard(page);
  const hover = (await page.locator('.monaco-resizable-hover').boundingBox())!;
  const x = hover.x + hover.width / 2;
  await page.mouse.move(x, hover.y + hover.height - 1);
  await page.mouse.down();
  await page.mouse.move(x, hover.y + 500, { steps: 4 });
  await page.mouse.up();
  await parkMouse(page);
}

function whole({ width, height }: { width: number; height: number }): Crop {
  return { x: 0, y: 0, width, height };
}
