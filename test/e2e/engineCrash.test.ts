import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { engineProcesses, killEngines } from './support/engineProcesses';
import { keepFailurePictures } from './support/failurePictures';
import { quickPickLabels, quickPickTitled } from './support/quickInput';
import { statistics } from './support/samples';
import {
  expectNoToasts,
  openTopK,
  pressInEditor,
  retypeLine,
  someGhost,
  status,
  statusSentence,
  typeAtEnd,
  typeUntilDecision,
} from './support/topK';
import { until } from './support/until';
import { quickOpen, screenshot, type Workbench } from './support/workbench';

let workbench: Workbench;
keepFailurePictures(() => workbench.page);
expectNoToasts(() => workbench.page);

beforeAll(async () => {
  workbench = await openTopK({ files: { 'first.py': statistics, 'second.py': statistics } });
});
afterAll(() => workbench.close());

describe('the engine', () => {
  it('does not start before somebody types', async () => {
    await quickOpen(workbench.page, 'first.py');
    expect(engineProcesses(workbench.server)).toEqual([]);
  });

  it('starts again after a crash, at the next completion', async () => {
    const { page, server } = workbench;
    await typeAtEnd(page, '    if not va');
    await someGhost(page);
    const [first] = engineProcesses(server);
    expect(killEngines(server)).toBe(1);
    await expect.poll(() => statusSentence(page)).toMatch(/ended by SIGKILL.+starts again with the next request/);
    // Not what was offered before the crash: that is still known, and needs no engine.
    await retypeLine(page, '    for value in val');
    expect(await someGhost(page)).toMatch(/^ues/);
    const again = engineProcesses(server);
    expect(again).toHaveLength(1);
    expect(again).not.toContain(first);
    await expect.poll(() => statusSentence(page)).toMatch(/^Top-K has a completion/);
  });

  it('stays down after three crashes in a row, and says so', async () => {
    const { page, server } = workbench;
    await quickOpen(page, 'second.py');
    await pressInEditor(page, 'Control+End');
    killEngines(server);
    const isGivenUp = async () => /failed too often/.test(await statusSentence(page));
    await until(
      'the engine to be given up',
      async () => {
        await page.keyboard.type('x');
        // As soon as it is there, before it has served anything.
        await until('an engine', async () => killEngines(server) > 0 || (await isGivenUp()), 5_000);
        return isGivenUp();
      },
      120_000,
    );
    await screenshot(page, '14-engine-failed');
    await typeUntilDecision(page, /the engine failed: .+ Run Top-K: Restart Engine\./);
    expect(engineProcesses(server)).toEqual([]);
  });

  it('is restarted by the first entry of the menu', async () => {
    const { page, server } = workbench;
    await status(page).click();
    await quickPickTitled(page, 'Top-K');
    const [first] = await quickPickLabels(page);
    expect(first!.trim()).toBe('Restart the Engine');
    await page.keyboard.press('Enter');
    await expect.poll(() => statusSentence(page), { timeout: 120_000 }).toBe('Top-K is ready.');
    expect(engineProcesses(server)).toHaveLength(1);
    await retypeLine(page, '    if not val');
    expect(await someGhost(page)).toMatch(/^ues/);
  });
});
