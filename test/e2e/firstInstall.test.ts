import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keepFailurePictures } from './support/failurePictures';
import { palette } from './support/quickInput';
import { expectNoToasts, openTopK, status, whyNoSuggestion } from './support/topK';
import { ready, screenshot, type Workbench } from './support/workbench';

let workbench: Workbench;
keepFailurePictures(() => workbench.page);
expectNoToasts(() => workbench.page);

beforeAll(async () => {
  workbench = await openTopK({
    files: { 'other/notes.txt': '' },
    machineSettings: { 'workbench.welcomePage.walkthroughs.openOnInstall': true },
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

  it('does not open again', async () => {
    const { page, server } = workbench;
    await palette(page, 'View: Close Editor');
    await page.locator('.tab').first().waitFor({ state: 'detached' });
    // Another folder: VS Code stores a folder's open editors every few seconds, and would perhaps bring the closed one back.
    await page.goto(server.url({ folder: path.join(server.workspace, 'other') }));
    await ready(page);
    await status(page).waitFor({ timeout: 120_000 });
    await whyNoSuggestion(page); // is answered after all that the extension does when it starts
    expect(await page.locator('.tab').count()).toBe(0);
  });
});
