import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { commandIds } from '../../../../src/editor/commands/commandIds';
import { StatusItems, type StatusState } from '../../../../src/editor/status/statusItems';
import { statusText } from '../../../../src/editor/status/statusText';
import { fake, type MarkdownString, ThemeColor } from '../../../support/vscode';

const states: readonly StatusState[] = [
  { kind: 'starting', percent: 45 },
  { kind: 'ready', lastConfidence: 0.73 },
  { kind: 'thinking' },
  { kind: 'stopped' },
  { kind: 'unsure' },
  { kind: 'late' },
  { kind: 'snoozed', until: new Date(2026, 0, 1, 14, 5) },
  { kind: 'disabledHere', why: 'it is off for markdown (topK.languages)' },
  { kind: 'failed', message: 'The engine process ended.' },
];

let items: StatusItems;
let card: string | undefined;
const bar = () => fake.statusBarItems[0]!;
const tooltip = () => bar()['tooltip'] as MarkdownString;

beforeEach(() => {
  vi.useFakeTimers();
  fake.reset();
  card = undefined;
  items = new StatusItems(() => card);
});

afterEach(() => {
  items.dispose();
  vi.useRealTimers();
});

describe('statusText', () => {
  it.each(states)('says in a full sentence what it is: $kind', (state) => {
    const { text, sentence } = statusText(state);
    expect(text).toMatch(/^\$\([a-z~-]+\) Top-K/);
    expect(sentence).toMatch(/^Top-K .*[^.]\.$/);
  });

  it('is as long for every percentage below 100', () => {
    const lengths = [0, 0.04, 0.5, 0.994].map(
      (lastConfidence) => statusText({ kind: 'ready', lastConfidence }).text.length,
    );
    expect(new Set(lengths).size).toBe(1);
  });
});

describe('the status bar item', () => {
  it('does not say that it is ready before an engine ran', () => {
    expect(bar()['accessibilityInformation']).toMatchObject({
      label: 'Top-K loads its model with the next completion.',
    });
  });

  it.each([
    ['unsure', 'Top-K was too unsure of its last completion to show it.'],
    ['late', 'Top-K was too late with its last completion to show it.'],
  ] as const)('says quietly that the last completion was %s: by another icon, and in words', (kind, label) => {
    items.update({ kind: 'ready' });
    const ready = bar()['text'] as string;
    items.update({ kind });
    const [icon, ...words] = (bar()['text'] as string).split(' ');
    expect(icon).not.toBe(ready.split(' ')[0]);
    expect(words).toEqual(['Top-K']);
    expect(bar()['accessibilityInformation']).toMatchObject({ label });
    expect(bar()['backgroundColor']).toBeUndefined();
  });

  it('has a name, a command and words for a screen reader', () => {
    expect(bar()).toMatchObject({ id: 'topK.status', name: 'Top-K', command: commandIds.showMenu });
    items.update({ kind: 'snoozed', until: new Date(2026, 0, 1, 14, 5) });
    expect(bar()['accessibilityInformation']).toMatchObject({ label: expect.stringContaining('snoozed until') });
  });

  it('does not show work that is over soon', () => {
    items.update({ kind: 'ready', lastConfidence: 0.5 });
    const before = bar()['text'];
    items.update({ kind: 'thinking' });
    vi.advanceTimersByTime(149);
    expect(bar()['text']).toBe(before);
    items.update({ kind: 'ready', lastConfidence: 0.5 });
    vi.advanceTimersByTime(1_000);
    expect(bar()['text']).toBe(before);
  });

  it('shows longer work by its icon alone, counted from its beginning', () => {
    items.update({ kind: 'ready', lastConfidence: 0.5 });
    items.update({ kind: 'thinking' });
    vi.advanceTimersByTime(100);
    items.update({ kind: 'thinking' });
    vi.advanceTimersByTime(50);
    expect(bar()['text']).toBe('$(loading~spin) Top-K 50%');
  });

  it('is coloured only for a failure', () => {
    for (const state of states) {
      items.update(state);
      vi.advanceTimersByTime(150);
      const colour = bar()['backgroundColor'];
      if (state.kind === 'failed') expect(colour).toEqual(new ThemeColor('statusBarItem.errorBackground'));
      else expect(colour).toBeUndefined();
    }
  });

  it.each(states)('trusts its tooltip with the commands that it links to and no more: $kind', (state) => {
    card = '**Top-K** — `[x](command:evil)`';
    items.update(state);
    vi.advanceTimersByTime(1_000);
    const { value, isTrusted } = tooltip();
    expect(value).toContain(card);
    const linked = [...value.replace(card, '').matchAll(/\(command:([\w.]+)\)/g)].map(([, id]) => id);
    expect(linked.length).toBeGreaterThan(0);
    expect(isTrusted).toEqual({ enabledCommands: linked });
  });

  it('renders one tooltip for several changes', () => {
    const before = tooltip();
    const render = vi.fn(() => card);
    items.dispose();
    items = new StatusItems(render);
    for (let change = 0; change < 5; change++) items.refreshTooltip();
    vi.advanceTimersByTime(1_000);
    expect(render).toHaveBeenCalledTimes(1);
    expect(tooltip()).not.toBe(before);
  });
});

describe('the language status', () => {
  const engine = () => fake.languageStatusItems.find(({ id }) => id === 'topK.engine')!;
  const invalid = () => fake.languageStatusItems.find(({ id }) => id === 'topK.invalidSettings');
  const invalidSettings = [{ key: 'topK.candidates', value: '9', allowed: 'a whole number from 1 to 50' }];

  it('names model and provider, and why it is that one', () => {
    items.showEngine({ model: 'SmolLM2-135M', executionProvider: 'cpu (no GPU)', isBusy: true, invalidSettings: [] });
    expect(engine()).toMatchObject({ text: 'Top-K: SmolLM2-135M', detail: 'cpu (no GPU)', busy: true, severity: 0 });
  });

  it('says why the engine does not run', () => {
    items.showEngine({ isBusy: false, failure: 'The model is damaged.', invalidSettings: [] });
    expect(engine()).toMatchObject({ detail: 'The model is damaged.', severity: 2 });
  });

  it('lists settings that cannot be used for as long as there are any', () => {
    items.showEngine({ isBusy: false, invalidSettings });
    expect(invalid()).toMatchObject({ text: 'Top-K: 1 setting cannot be used', severity: 1 });
    // No more, for VS Code shows text, detail and link in one line.
    expect(invalid()!['detail']).toBe('topK.candidates');
    items.showEngine({ isBusy: false, invalidSettings: [] });
    expect(invalid()).toBeUndefined();
  });
});
