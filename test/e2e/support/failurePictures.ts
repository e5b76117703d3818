import type { Page } from 'playwright-core';
import { beforeEach } from 'vitest';
import { whyNoSuggestion } from './topK';
import { screenshot } from './workbench';

/** Makes every failing test of the file leave a picture, failed-<test name>.png, and Top-K's last decisions. Call it once, at the top. */
export function keepFailurePictures(page: () => Page): void {
  beforeEach(({ onTestFailed, task }) => {
    onTestFailed(async () => {
      await screenshot(page(), `failed-${task.name.replace(/[^\w]+/g, '-').slice(0, 80)}`);
      await page().keyboard.press('Escape');
      console.log(`The last decisions after '${task.name}':`, await whyNoSuggestion(page()));
    });
  });
}
