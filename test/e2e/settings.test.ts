import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keepFailurePictures } from './support/failurePictures';
import { palette } from './support/quickInput';
import { statistics } from './support/samples';
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
  typeUntilDecision,
} from './support/topK';
import { until } from './support/until';
import { ghostText, parkMouse, quickOpen, screenshot, type Workbench } from './support/workbench';

let workbench: Workbench;
keepFailurePictures(() => workbench.page);
expectNoToasts(() => workbench.page);

beforeAll(async () => {
  const names = ['enable.py', 'languages.py', 'candidates.py', 'confidence.py', 'invalid.py'];
  workbench = await openTopK({ files: Object.fromEntries(names.map((name) => [name, statistics])) });
});
afterAll(() => workbench.close());

/**
 * Sets one setting of the workspace; the window is not reloaded. Settings on disk are noticed some time later: where nothing
 * in the window says so, what depends on them is tried again.
 */
function set(key: string, value: unknown): void {
  workbench.server.setWorkspaceSettings({ [key]: value });
}

describe('a setting takes effect without a reload:', () => {
  it('topK.enable', async () => {
    const { page } = workbench;
    await quickOpen(page, 'enable.py');
    set('topK.enable', false);
    await expect.poll(() => statusSentence(page)).toBe('Top-K is off here: it is switched off (topK.enable).');
    await pressInEditor(page, 'Control+End');
    await typeUntilDecision(page, /switched off by the setting topK\.enable/);
    expect(await ghostText(page)).toBe('');
    set('topK.enable', true);
    await expect.poll(() => statusSentence(page)).toBe('Top-K is ready.');
    await retypeLine(page, '    if not val');
    expect(await someGhost(page)).toMatch(/^ues/);
  });

  it('topK.languages', async () => {
    const { page } = workbench;
    await quickOpen(page, 'languages.py');
    set('topK.languages', { python: false });
    await expect.poll(() => statusSentence(page)).toBe('Top-K is off here: it is off for python (topK.languages).');
    await pressInEditor(page, 'Control+End');
    await typeUntilDecision(page, /Top-K is off for python/);
    set('topK.languages', { '*': false, python: true });
    await expect.poll(() => statusSentence(page)).toBe('Top-K is ready.');
    await retypeLine(page, '    if not val');
    expect(await someGhost(page)).toMatch(/^ues/);
  });

  it('topK.candidates', async () => {
    const { page } = workbench;
    await quickOpen(page, 'candidates.py');
    set('topK.candidates', 8);
    await expect
      .poll(
        async () => {
          await pressInEditor(page, 'Control+End');
          await retypeLine(page, '    if not val');
          await someGhost(page);
          await page.keyboard.press(topKKey);
          const { rows } = await scoreCard(page);
          await page.keyboard.press('Escape');
          return rows.length - 1;
        },
        { timeout: 120_000 },
      )
      .toBe(8);
  });

  it('topK.minimumConfidence', async () => {
    const { page } = workbench;
    await quickOpen(page, 'confidence.py');
    set('topK.minimumConfidence', 1);
    await pressInEditor(page, 'Control+End');
    const why = await typeUntilDecision(page, /low confidence 0\.\d\d < 1\.00/);
    expect(why).toContain('Lower topK.minimumConfidence');
    set('topK.minimumConfidence', 0);
    await until(
      'a completion that is sure enough now',
      async () => {
        await retypeLine(page, '    if not val');
        return until('a ghost text', () => ghostText(page), 5_000);
      },
      120_000,
    );
  });
});

describe('a setting that cannot be used', () => {
  it('counts as its default, and the language status says so', async () => {
    const { page } = workbench;
    set('topK.candidates', 'many');
    await quickOpen(page, 'invalid.py');
    await typeAtEnd(page, '    if not val');
    await someGhost(page);
    await page.keyboard.press(topKKey);
    expect((await scoreCard(page)).rows).toHaveLength(6);
    await page.keyboard.press('Escape');
    const languageStatus = page.locator('.statusbar-item[id="status.languageStatus"]');
    await expect.poll(() => languageStatus.locator('a').getAttribute('aria-label')).toBeTruthy();
    await languageStatus.click();
    const entry = page.locator('.hover-language-status', { hasText: '1 setting cannot be used' });
    await entry.waitFor();
    expect(await entry.innerText()).toMatch(/topK\.candidates is "many"; allowed: .+\. 5 is used\./);
    await screenshot(page, '13-invalid-setting');
    await page.keyboard.press('Escape');
    await parkMouse(page);
    await palette(page, 'Top-K: Show Log');
    await expect
      .poll(() => page.locator('.part.panel .view-lines').innerText())
      .toMatch(/topK\.candidates\sis\s"many"/);
  });
});
