import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keepFailurePictures } from './support/failurePictures';
import { displayedLines, gapsInGhost, startGhostFrames, stopGhostFrames } from './support/ghostFrames';
import { palette, pick, quickPickLabels, quickPickTitled } from './support/quickInput';
import { statistics } from './support/samples';
import {
  expectNoToasts,
  middleOf,
  openTopK,
  scoreCard,
  someGhost,
  statusSentence,
  topKKey,
  typeAtEnd,
} from './support/topK';
import { until } from './support/until';
import {
  editorText,
  ghostText,
  hoverText,
  parkMouse,
  quickOpen,
  screenshot,
  type Workbench,
} from './support/workbench';

let workbench: Workbench;
keepFailurePictures(() => workbench.page);
expectNoToasts(() => workbench.page);

beforeAll(async () => {
  const files = ['story.py', 'through.py', 'alternatives.py', 'palette.py', 'words.py'].map((name) => [
    name,
    statistics,
  ]);
  workbench = await openTopK({
    files: { ...Object.fromEntries(files), 'windows.py': statistics.replaceAll('\n', '\r\n') },
  });
});
afterAll(() => workbench.close());

const onDisk = (name: string): string => readFileSync(path.join(workbench.server.workspace, name), 'utf8');

describe('a completion, from the first key to the saved file', () => {
  let ghost: string;
  let forked: string;

  it('appears behind the caret', async () => {
    const { page } = workbench;
    await quickOpen(page, 'story.py');
    await typeAtEnd(page, '    if not val');
    ghost = await someGhost(page);
    expect(ghost).toMatch(/^ues/);
    expect(await statusSentence(page)).toMatch(/^Top-K has a completion, confidence \d+%\.$/);
    await screenshot(page, '1-ghost-text');
  });

  it('has its score card opened by keyboard, and stays beside it', async () => {
    const { page } = workbench;
    await page.keyboard.press(topKKey);
    const { text, tokens, rows } = await scoreCard(page);
    await screenshot(page, '2-score-card');
    expect(tokens.join('').replaceAll('·', ' ').endsWith(ghost)).toBe(true);
    expect(text).toMatch(/entropy \d+\.\d\d bits · margin [<>]?[\d.]+% · remaining mass [<>]?[\d.]+%/);
    expect(rows[0]).toEqual(['rank', 'candidate', 'probability', '', 'logit']);
    const [, ...candidates] = rows;
    expect(candidates.map(([rank]) => rank)).toEqual(['1', '2', '3', '4', '5']);
    const logits = candidates.map((cells) => Number(cells[4]));
    expect(logits).toEqual([...logits].sort((a, b) => b - a));
    // Two decimals of a logit tell the ratio of two probabilities: the columns belong together.
    const [first, second] = candidates.map((cells) => Number(/[\d.]+/.exec(cells[2]!)![0]));
    if (second! >= 1) expect(Math.log(first! / second!)).toBeCloseTo(logits[0]! - logits[1]!, 0);
    expect(await ghostText(page)).toBe(ghost);
  });

  it('goes on from another candidate', async () => {
    const { page } = workbench;
    await palette(page, 'Top-K: Complete from Another Candidate…');
    await quickPickTitled(page, 'Complete from Another Candidate');
    const [label] = await quickPickLabels(page);
    await screenshot(page, '3-another-candidate');
    await pick(page, label!);
    forked = await someGhost(page);
    expect(forked).not.toBe(ghost);
    expect(`    if not val${forked}`).toContain(label!.replaceAll('·', ' '));
    await screenshot(page, '4-forked');
  });

  it('is written by Tab, and no more than what was shown', async () => {
    const { page } = workbench;
    await page.keyboard.press('Tab');
    await expect.poll(() => editorText(page)).toContain(`    if not val${forked.split('\n')[0]}`);
    await page.keyboard.press('Control+S');
    await expect.poll(() => onDisk('story.py')).toBe(`${statistics}    if not val${forked}`);
  });

  it('shows the scores of an accepted token to the mouse', async () => {
    const { page } = workbench;
    const { x, y } = await middleOf(page, `val${forked.trimEnd()}`);
    await page.mouse.move(x, y, { steps: 3 });
    const { text, rows } = await scoreCard(page);
    await screenshot(page, '5-accepted-token');
    expect(text).toMatch(/^Top-K: .+%, rank \d+/);
    expect(rows).toHaveLength(6);
    await parkMouse(page);
    await expect.poll(() => hoverText(page)).toBe('');
  });
});

describe('typing the predicted characters', () => {
  it('leaves no frame without ghost text, and the line as it was', async () => {
    const { page } = workbench;
    await quickOpen(page, 'through.py');
    await typeAtEnd(page, '    if not values:\n        rais');
    const ghost = await someGhost(page);
    const typed = ghost.slice(0, 8);
    expect(typed).toHaveLength(8);
    await startGhostFrames(page);
    await page.keyboard.type(typed, { delay: 80 });
    await expect.poll(() => ghostText(page)).toBe(ghost.slice(typed.length));
    const recording = await stopGhostFrames(page);
    expect(gapsInGhost(recording)).toEqual([]);
    expect(displayedLines(recording)).toHaveLength(1);
    await page.keyboard.press('Tab');
    await expect.poll(() => editorText(page)).toContain(`rais${ghost}`);
  });
});

describe('alternatives', () => {
  it('come by Alt+], and the first one again by Alt+[', async () => {
    const { page } = workbench;
    await quickOpen(page, 'alternatives.py');
    await typeAtEnd(page, '    if not val');
    const first = await someGhost(page);
    await page.keyboard.press('Alt+]');
    const second = await until('another ghost text', async () => {
      const now = await ghostText(page);
      return now !== first && now;
    });
    await screenshot(page, '6-alternative');
    await page.keyboard.press(topKKey);
    const { text } = await scoreCard(page);
    expect(text).toContain('Alternatives:');
    expect(text).toContain(second.trim().replaceAll(' ', '·'));
    await screenshot(page, '7-alternatives-card');
    await page.keyboard.press('Alt+[');
    await expect.poll(() => ghostText(page)).toBe(first);
    await page.keyboard.press('Alt+]');
    await expect.poll(() => ghostText(page)).toBe(second);
    await page.keyboard.press('Tab');
    await expect.poll(() => editorText(page)).toContain(`    if not val${second.split('\n')[0]}`);
  });
});

describe('the commands for alternatives', () => {
  it('show one after the other, and the card is that of the one on the screen', async () => {
    const { page } = workbench;
    await quickOpen(page, 'palette.py');
    await typeAtEnd(page, '    if not val');
    const first = await someGhost(page);
    const seen = [first];
    const after = async (command: string): Promise<string> => {
      await palette(page, `Top-K: ${command}`);
      return until(`a ghost text after ${command}`, async () => {
        const now = await ghostText(page);
        return now !== '' && now !== seen.at(-1) && now;
      });
    };
    seen.push(await after('Next Alternative'));
    seen.push(await after('Next Alternative'));
    expect(new Set(seen).size).toBe(3);
    await page.keyboard.press(topKKey);
    const { tokens } = await scoreCard(page);
    expect(tokens.join('').replaceAll('·', ' ').replaceAll('↵', '\n').endsWith(seen[2]!.split('\n')[0]!)).toBe(true);
    await page.keyboard.press('Escape');
    expect(await after('Previous Alternative')).toBe(seen[1]);
  });
});

describe('accepting word by word', () => {
  it('takes one word and keeps the rest on offer', async () => {
    const { page } = workbench;
    await quickOpen(page, 'words.py');
    await typeAtEnd(page, '    if not values:\n        rais');
    const ghost = await someGhost(page);
    await page.keyboard.press('Control+ArrowRight');
    const rest = await until('a shorter ghost text', async () => {
      const now = await ghostText(page);
      return now.length < ghost.length && now;
    });
    expect(ghost.endsWith(rest)).toBe(true);
    await expect.poll(() => editorText(page)).toContain(`rais${ghost.slice(0, -rest.length)}`);
  });
});

describe('a file with CRLF line ends', () => {
  it('keeps them, and its completions go on while they are typed', async () => {
    const { page } = workbench;
    await quickOpen(page, 'windows.py');
    await typeAtEnd(page, '    if not val');
    const ghost = await someGhost(page);
    await page.keyboard.type(ghost[0]!);
    await expect.poll(() => ghostText(page)).toBe(ghost.slice(1));
    await page.keyboard.press('Tab');
    await expect.poll(() => editorText(page)).toContain(`    if not val${ghost}`);
    await page.keyboard.press('Control+S');
    const expected = `${statistics}    if not val${ghost}`.replaceAll('\n', '\r\n');
    await expect.poll(() => onDisk('windows.py')).toBe(expected);
  });
});
