import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keepFailurePictures } from './support/failurePictures';
import { palette, quickPickLabels, quickPickTitled } from './support/quickInput';
import { statistics } from './support/samples';
import { expectNoToasts, openTopK, scoreCard, someGhost, topKKey, typeAtEnd } from './support/topK';
import { until } from './support/until';
import { editorText, ghostText, hoverText, quickOpen, screenshot, type Workbench } from './support/workbench';

const begun = '    if not values:\n        rais';

let workbench: Workbench;
keepFailurePictures(() => workbench.page);
expectNoToasts(() => workbench.page);

beforeAll(async () => {
  workbench = await openTopK({
    files: { 'first.py': statistics, 'fork.py': statistics },
  });
});
afterAll(() => workbench.close());

describe('another candidate of a completion that was typed into', () => {
  it('goes on behind what was typed, also after the alternatives were computed there', async () => {
    const { page } = workbench;
    // The first completion of a window comes with its alternatives, because the engine has to start for it.
    await quickOpen(page, 'first.py');
    await typeAtEnd(page, begun);
    await someGhost(page);
    await quickOpen(page, 'fork.py');
    await typeAtEnd(page, begun);
    const ghost = await someGhost(page);
    const typed = ghost.slice(0, 'e ValueError('.length);
    expect(typed).toBe('e ValueError(');
    await page.keyboard.type(typed, { delay: 40 });
    await expect.poll(() => ghostText(page)).toBe(ghost.slice(typed.length));
    await page.keyboard.press(topKKey);
    await scoreCard(page);
    // The toolbar in the hover counts the alternatives, which are computed for the caret as it is now.
    await until('the alternatives', async () => /1\/[2-9]/.test(await hoverText(page)));

    await palette(page, 'Top-K: Complete from Another Candidate…');
    await quickPickTitled(page, 'Top-K: Complete from Another Candidate');
    const [label] = await quickPickLabels(page);
    const section = await page.locator('.quick-input-widget .quick-input-list-separator').first().innerText();
    const replaced = /^instead of (.+) [<>\d.]+%$/.exec(section)![1]!;
    await screenshot(page, '16-fork-of-typed');
    await page.keyboard.press('Enter');
    const rest = ghost.slice(typed.length);
    const before = rest.slice(0, rest.indexOf(replaced.replaceAll('·', ' ')));
    const forked = await someGhost(page);
    expect(forked.startsWith(`${before}${label!.replaceAll('·', ' ')}`), forked).toBe(true);
    await page.keyboard.press('Tab');
    await expect.poll(() => editorText(page)).toContain(`        rais${typed}${forked.split('\n')[0]}`);
  });
});
