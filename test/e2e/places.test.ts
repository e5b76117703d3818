import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keepFailurePictures } from './support/failurePictures';
import { dismissQuickPick, palette, pick, quickPickLabels, quickPickTitled } from './support/quickInput';
import { statistics } from './support/samples';
import {
  expectNoToasts,
  openTopK,
  pressInEditor,
  retypeLine,
  scoreCard,
  someGhost,
  status,
  statusSentence,
  typeAtEnd,
  typeText,
  typeUntilDecision,
  whyNoSuggestion,
} from './support/topK';
import { editorText, ghostText, parkMouse, quickOpen, screenshot, type Workbench } from './support/workbench';

let workbench: Workbench;
keepFailurePictures(() => workbench.page);
expectNoToasts(() => workbench.page);

beforeAll(async () => {
  const files = ['carets.py', 'snooze.py', 'tooltip.py', 'figures.py'].map((name) => [name, statistics]);
  workbench = await openTopK({ files: { ...Object.fromEntries(files), '.env': 'HOST=localhost\n' } });
});
afterAll(() => workbench.close());

describe('where nothing is offered', () => {
  it('is a file with secrets, even when asked', async () => {
    const { page } = workbench;
    await quickOpen(page, '.env');
    await expect
      .poll(() => statusSentence(page))
      .toBe('Top-K is off here: this file is excluded (topK.context.excludedFiles).');
    await pressInEditor(page, 'Control+End');
    await typeUntilDecision(page, /\.env:2: .*excluded by the setting topK\.context\.excludedFiles/);
    await palette(page, 'Top-K: Suggest a Completion');
    const [newest] = await whyNoSuggestion(page);
    expect(newest).toMatch(/excluded by the setting topK\.context\.excludedFiles/);
    expect(await ghostText(page)).toBe('');
  });

  it('is at several carets', async () => {
    const { page } = workbench;
    await quickOpen(page, 'carets.py');
    await pressInEditor(page, 'Control+End');
    await typeText(page, '\n');
    await palette(page, 'Add Cursor Above');
    await typeText(page, '    if not val');
    await expect.poll(() => editorText(page)).toMatch(/( {4}if not val\n?){2}$/);
    await typeUntilDecision(page, /there are several carets/);
    expect(await editorText(page)).toMatch(/( {4}if not vala+)\n\1$/);
    expect(await ghostText(page)).toBe('');
    await screenshot(page, '8-several-carets');
  });
});

describe('snoozing', () => {
  it('keeps completions away until it is ended', async () => {
    const { page } = workbench;
    await quickOpen(page, 'snooze.py');
    await palette(page, 'Top-K: Snooze…');
    await quickPickTitled(page, 'Top-K: Snooze');
    await pick(page, '5 minutes');
    await expect.poll(() => statusSentence(page)).toMatch(/^Top-K is snoozed until .+\.$/);
    await pressInEditor(page, 'Control+End');
    const why = await typeUntilDecision(page, /snoozed until/);
    expect(why).toContain('Run Top-K: End Snooze.');
    expect(await ghostText(page)).toBe('');
    await palette(page, 'Top-K: End Snooze');
    await retypeLine(page, '    if not val');
    expect(await someGhost(page)).toMatch(/^ues/);
    await expect.poll(() => statusSentence(page)).toMatch(/^Top-K has a completion/);
  });
});

describe('the status bar item', () => {
  it('shows the score card to the mouse while the ghost text stays', async () => {
    const { page } = workbench;
    await quickOpen(page, 'tooltip.py');
    await typeAtEnd(page, '    if not val');
    const ghost = await someGhost(page);
    await status(page).hover();
    const { tokens, rows, text } = await scoreCard(page);
    await screenshot(page, '9-status-tooltip');
    expect(tokens.join('').replaceAll('·', ' ').endsWith(ghost)).toBe(true);
    expect(rows).toHaveLength(6);
    expect(text).toMatch(/Snooze · Why no suggestion\? · Settings · Log$/);
    expect(await ghostText(page)).toBe(ghost);
    await parkMouse(page);
  });

  it('opens a menu at a click', async () => {
    const { page } = workbench;
    await status(page).click();
    await page.locator('.quick-input-widget .monaco-list-row', { hasText: 'Switch Off for Python' }).waitFor();
    await screenshot(page, '10-menu');
    // A row of the quick pick before may still be in the DOM; their order is tested in unit/editor/status/menu.test.ts.
    const labels = (await quickPickLabels(page)).map((label) => label.replace(/\s+/g, ' ').trim());
    expect(labels[0]).toBe('Show Scores');
    expect(labels).toEqual(expect.arrayContaining(['Suggest a Completion', 'Complete from Another Candidate…']));
    await dismissQuickPick(page);
    // The editor has the keyboard again, and not the item that was clicked.
    await page.keyboard.type(' # typed');
    await expect.poll(() => editorText(page)).toContain(' # typed');
    await parkMouse(page);
  });
});

describe('the acceptance figures', () => {
  it('count what was accepted, and are cleared by one command', async () => {
    const { page } = workbench;
    await quickOpen(page, 'figures.py');
    await typeAtEnd(page, '    if not val');
    const ghost = await someGhost(page);
    await page.keyboard.press('Tab');
    await expect.poll(() => editorText(page)).toContain(`    if not val${ghost}`);
    await palette(page, 'Top-K: Show Acceptance Figures');
    await expect.poll(() => editorText(page)).toMatch(/Accepted whole: 1 /);
    expect(await editorText(page)).toMatch(
      new RegExp(`\\| python +\\|\\s+\\d+ \\|\\s+1 \\|\\s+0 \\|\\s+0 \\|\\s+${ghost.length} `),
    );
    await screenshot(page, '11-acceptance-figures');
    await palette(page, 'Top-K: Clear Acceptance Figures');
    await expect.poll(() => editorText(page)).toContain('Nothing was counted yet');
  });
});

describe('Why No Suggestion?', () => {
  it('tells the newest decision in full, and the ones before it', async () => {
    const { page } = workbench;
    await palette(page, 'Top-K: Why No Suggestion?');
    await quickPickTitled(page, 'Top-K: Why No Suggestion?');
    await screenshot(page, '12-why-no-suggestion');
    await dismissQuickPick(page);
    const [newest, ...earlier] = await whyNoSuggestion(page);
    // A whole sentence, its age, and what can be done where something can.
    expect(newest).toMatch(/^(?:A|The) .+: .+\.\d+ (?:s|min) ago/);
    expect(earlier.join('\n')).toMatch(/shown.+ · \d+ ms confidence 0\.\d\d/);
  });
});
