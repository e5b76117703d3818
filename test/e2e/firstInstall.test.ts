import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keepFailurePictures } from './support/failurePictures';
import { palette } from './support/quickInput';
import { expectNoToasts, openTopK, someGhost, status, topKKey, whyNoSuggestion } from './support/topK';
import {
  editorText,
  focusedEditor,
  ghostText,
  hoverText,
  ready,
  screenshot,
  type Workbench,
} from './support/workbench';

let workbench: Workbench;
keepFailurePictures(() => workbench.page);
expectNoToasts(() => workbench.page);

beforeAll(async () => {
  workbench = await openTopK({
    files: { 'other/notes.txt': '' },
    // VS Code's own Welcome page is open as well, as for everybody who changed nothing.
    machineSettings: {
      'workbench.welcomePage.walkthroughs.openOnInstall': true,
      'workbench.startupEditor': 'welcomePage',
    },
    viewport: { width: 1600, height: 900 },
  });
});
afterAll(() => workbench.close());

describe('the walkthrough', () => {
  it('opens after the first installation, its steps with their pictures', async () => {
    const { page } = workbench;
    await page.getByText('First Steps with Top-K').first().waitFor();
    const steps = page.locator('.getting-started-step .step-title');
    await expect.poll(() => steps.allInnerTexts()).toEqual(['Try a completion', 'Look at the scores', 'Make it yours']);
    await screenshot(page, '15-walkthrough');
  });

  it('leads to a sample in which the model speaks', async () => {
    const { page } = workbench;
    await page.getByText('Open a Sample', { exact: true }).first().click();
    expect(await someGhost(page)).toMatch(/^a \* b/);
    await screenshot(page, '16-sample');
    await page.keyboard.press(topKKey);
    await expect.poll(() => hoverText(page)).toContain('Tokens:');
    await screenshot(page, '17-sample-scores');
    await page.keyboard.press('Escape');
    await focusedEditor(page).waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => ghostText(page)).toBe('');
    // The same key asks for it again.
    await page.keyboard.press(topKKey);
    expect(await someGhost(page)).toMatch(/^a \* b/);
    await page.keyboard.press('Tab');
    await expect.poll(() => editorText(page)).toMatch(/multiply\(a, b\):\n {4}return a \* b/);
    // An empty untitled document closes without a question.
    await page.keyboard.press('Control+A');
    await page.keyboard.press('Delete');
    await palette(page, 'View: Close Editor');
    await expect
      .poll(() =>
        page
          .locator('.getting-started-step.done .step-title, .getting-started-step:has(.complete) .step-title')
          .allInnerTexts(),
      )
      .toContain('Try a completion');
    await screenshot(page, '18-first-step-done');
  });

  it('does not open again', async () => {
    const { page, server } = workbench;
    await palette(page, 'View: Close All Editors');
    await page.locator('.tab').first().waitFor({ state: 'detached' });
    // Another folder: VS Code stores a folder's open editors every few seconds, and would perhaps bring the closed one back.
    await page.goto(server.url({ folder: path.join(server.workspace, 'other') }));
    await ready(page);
    await status(page).waitFor({ timeout: 120_000 });
    await whyNoSuggestion(page); // is answered after all that the extension does when it starts
    // VS Code's own Welcome page is there, with the walkthrough as one of its cards.
    await page.locator('.getting-started-category', { hasText: 'First Steps with Top-K' }).first().waitFor();
    expect(await page.locator('.getting-started-step').count()).toBe(0);
  });
});

describe("the extension's page", () => {
  it('has no broken picture, and says where the pictures are', async () => {
    const { page } = workbench;
    await palette(page, 'Extensions: Show Installed Extensions');
    await page.locator('.extension-list-item', { hasText: 'Top-K' }).first().click();
    const readme = page.frameLocator('iframe.webview').frameLocator('iframe#active-frame').locator('body');
    await expect.poll(() => readme.innerText()).toContain('First Steps with Top-K');
    expect(await readme.locator('img').count()).toBe(0);
    await screenshot(page, '19-page-of-the-extension');
  });
});
