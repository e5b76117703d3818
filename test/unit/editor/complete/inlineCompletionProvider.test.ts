import { silentLog } from '../../../../src/protocol/log';
import type * as vscode from 'vscode';
import { beforeEach, describe, expect, it } from 'vitest';
import { Completer } from '../../../../src/completion/completer';
import { DecisionLog } from '../../../../src/completion/explain/decisionLog';
import { PromptWarmer } from '../../../../src/completion/promptWarmer';
import { DecisionRecorder } from '../../../../src/editor/complete/decisionRecorder';
import {
  type InlineCompletionServices,
  TopKInlineCompletionProvider,
} from '../../../../src/editor/complete/inlineCompletionProvider';
import { Offers } from '../../../../src/editor/offer/offers';
import { SettingsReader } from '../../../../src/editor/settings/settingsReader';
import type { CompleteParams, CompleteResult, PromptPart } from '../../../../src/protocol/messages';
import { completionOf, pathOf } from '../../../support/completions';
import { FakeTextDocument } from '../../../support/textDocument';
import { fake, type InlineCompletionItem, InlineCompletionTriggerKind, Position, Range } from '../../../support/vscode';

const { Invoke, Automatic } = InlineCompletionTriggerKind;

let decisions: DecisionLog;
let offers: Offers;
let settings: SettingsReader;
let shown: number;
let errors: unknown[];
let asked: CompleteParams[];
let warmed: (readonly PromptPart[])[];
/** What the engine answers; a promise is an engine that takes its time. */
let answer: (signal: AbortSignal | undefined) => Promise<CompleteResult>;
let provider: TopKInlineCompletionProvider;

beforeEach(() => {
  fake.reset();
  fake.settings.set('topK.delayMs', 0);
  [decisions, offers, settings] = [new DecisionLog(), new Offers(), new SettingsReader(silentLog)];
  [shown, errors, asked, warmed] = [0, [], [], []];
  const engine = {
    isReady: true,
    state: { kind: 'ready' },
    whileBusy: <Result>(work: () => Promise<Result>) => work(),
    warmPrompt: async (parts: readonly PromptPart[]) => {
      warmed.push(parts);
      return { prefillTokens: 0 };
    },
    complete: (params: CompleteParams, { signal }: { signal?: AbortSignal } = {}) => {
      asked.push(params);
      return answer(signal);
    },
  };
  const completer = new Completer(engine);
  const recordShown = () => shown++;
  provider = new TopKInlineCompletionProvider({
    completer,
    warmer: new PromptWarmer(completer),
    engine,
    offers,
    settings,
    rhythm: { waitAfter: () => 0 },
    decisions: new DecisionRecorder(decisions, { recordShown } as never, () => {}),
    places: { check: () => ({ snoozedUntil: undefined, isOnBattery: false, isExcluded: false }), isOnBattery: false },
    refresher: { takeRefresh: () => false, refreshAfter: () => {} },
    context: { filesFor: () => [] },
    mouseScores: { askedAgain: () => {} },
    reportError: (error: unknown) => errors.push(error),
  } as unknown as InlineCompletionServices);
});

interface Asking {
  readonly triggerKind?: number;
  readonly selected?: { readonly text: string; readonly range: Range };
  readonly token?: vscode.CancellationToken;
}

/** Asks at the mark `|` of a text, as VS Code does. */
async function askAt(document: FakeTextDocument, marked: string, asking: Asking = {}): Promise<InlineCompletionItem[]> {
  const { triggerKind = Automatic, selected, token = tokenThat() } = asking;
  const offset = marked.indexOf('|');
  document.text = marked.replace('|', '');
  fake.activeDocument = document;
  fake.caret = document.positionAt(offset);
  const context = { triggerKind, selectedCompletionInfo: selected } as unknown as vscode.InlineCompletionContext;
  const items = await provider.provideInlineCompletionItems(document.asDocument, fake.caret as never, context, token);
  return items as unknown as InlineCompletionItem[];
}

function tokenThat(onCancellation: (cancel: () => void) => void = () => {}): vscode.CancellationToken {
  const onCancellationRequested = (cancel: () => void) => {
    onCancellation(cancel);
    return { dispose: () => {} };
  };
  return { isCancellationRequested: false, onCancellationRequested } as unknown as vscode.CancellationToken;
}

const documentNamed = (name: string) => new FakeTextDocument(`file:/w/${name}`, '');
const textsOf = (items: readonly InlineCompletionItem[]) => items.map(({ insertText }) => insertText);
const sure = (...texts: string[]) => {
  const path = pathOf(...texts);
  const tokens = path.tokens.map((token) => ({ ...token, probability: 0.99 }));
  return { ...path, tokens };
};

describe('a request', () => {
  it('ends in a decision with what is on offer, and the rest of it is answered without the model', async () => {
    answer = async () => completionOf(sure('val', 'ues'));
    const document = documentNamed('a.py');
    expect(textsOf(await askAt(document, 'not |'))).toEqual(['values']);
    expect(offers.live).toMatchObject({ typedLength: 0, itemCount: 1 });
    expect(textsOf(await askAt(document, 'not va|'))).toEqual(['lues']);
    expect(decisions.newestFirst().map(({ latest }) => latest.reason.kind)).toEqual(['typedThrough', 'confident']);
    expect(asked).toHaveLength(1);
    expect(shown).toBe(1);
  });

  it('ends in a decision where it fails, also before the model is asked', async () => {
    answer = () => Promise.reject(new Error('The engine ended.'));
    expect(await askAt(documentNamed('a.py'), 'not |')).toEqual([]);
    expect(decisions.latest?.reason).toEqual({ kind: 'failed', message: 'The engine ended.' });
    settings.for = () => {
      throw new Error('The settings cannot be read.');
    };
    expect(await askAt(documentNamed('a.py'), 'not |')).toEqual([]);
    expect(decisions.latest?.reason).toEqual({ kind: 'failed', message: 'The settings cannot be read.' });
    expect(errors).toHaveLength(2);
  });

  it.each([
    ['textChanged', 1],
    ['editorMovedOn', 0],
  ] as const)('that is cancelled says %s only where it did, and leaves what is on offer', async (kind, changes) => {
    const document = documentNamed('a.py');
    answer = async () => completionOf(sure('val', 'ues'));
    await askAt(document, 'not |');
    const { live } = offers;
    let cancelRequest = (): void => {};
    answer = (signal) => new Promise((_, reject) => signal!.addEventListener('abort', () => reject(signal!.reason)));
    const answered = askAt(document, 'other |', { token: tokenThat((cancel) => (cancelRequest = cancel)) });
    await expect.poll(() => asked).toHaveLength(2);
    document.version += changes;
    cancelRequest();
    expect(await answered).toEqual([]);
    expect(decisions.latest?.reason).toEqual({ kind });
    expect(offers.live).toBe(live);
  });

  it('warms the very prompt that it completes', async () => {
    answer = async () => completionOf(sure('values'));
    await askAt(documentNamed('a.py'), 'not |');
    expect(warmed).toHaveLength(1);
    expect(asked[0]!.prompt).toBe(warmed[0]);
  });

  it('gives nothing that was computed with settings of before', async () => {
    answer = async () => {
      fake.configurationChanged.fire({ affectsConfiguration: () => true });
      return completionOf(sure('values'));
    };
    expect(await askAt(documentNamed('a.py'), 'not |')).toEqual([]);
    expect(decisions.latest?.reason.kind).toBe('settingChanged');
  });
});

describe('a completion that is none', () => {
  it.each([
    ['leaves the text as it is', 'max(items|)', sure(')'), 'changesNothing'],
    ['begins with half a character', 'x = "|', sure('\uFFFD"'), 'unprintable'],
    ['turns the reading direction', 'x = |', sure('\u202Eabc'), 'unprintable'],
    ['begins with a control character', 'x = |', sure('\u0007a'), 'unprintable'],
  ])('is never offered: it %s', async (_, marked, path, kind) => {
    answer = async () => completionOf(path);
    for (const triggerKind of [Automatic, Invoke]) {
      expect(await askAt(documentNamed('a.py'), marked, { triggerKind })).toEqual([]);
      expect(decisions.latest?.reason.kind).toBe(kind);
      expect(offers.live).toBeUndefined();
    }
    expect(shown).toBe(0);
  });

  it('is not kept on offer when all but what stands behind the caret is typed', async () => {
    answer = async () => completionOf(sure('items', ')'));
    const document = documentNamed('a.py');
    expect(textsOf(await askAt(document, 'max(|)'))).toEqual(['items)']);
    answer = async () => completionOf(sure(' '));
    expect(await askAt(document, 'max(items|)')).toEqual([]);
    expect(decisions.latest?.outcome).toBe('hidden');
    expect(offers.live).toBeUndefined();
  });
});

describe('a request for a selected entry of the suggest widget', () => {
  const range = new Range(new Position(0, 7), new Position(0, 7));

  it('is answered by what is on offer where that goes on from the entry, in its range', async () => {
    answer = async () => completionOf(sure('pipe', '('));
    const document = documentNamed('a.ts');
    await askAt(document, 'source.|');
    const [item] = await askAt(document, 'source.|', { selected: { text: 'pipe', range } });
    expect(item).toMatchObject({ insertText: 'pipe(', range });
    expect(asked).toHaveLength(1);
  });

  it('is not kept', async () => {
    answer = async () => completionOf(sure('(', ')'));
    const document = documentNamed('a.ts');
    await askAt(document, 'source.|', { selected: { text: 'pipe', range } });
    await askAt(document, 'source.|', { selected: { text: 'pipe', range } });
    expect(asked).toHaveLength(2);
  });
});

describe('the alternatives', () => {
  it('come when asked for, and one of them goes on while it is typed', async () => {
    answer = async () => ({
      ...completionOf(sure('val', 'ues')),
      alternatives: [sure('vari', 'ance'), sure('\uFFFDx')],
    });
    const document = documentNamed('a.py');
    expect(textsOf(await askAt(document, 'not |', { triggerKind: Invoke }))).toEqual(['values', 'variance']);
    expect(offers.live?.itemCount).toBe(2);
    expect(textsOf(await askAt(document, 'not vari|'))).toEqual(['ance']);
    expect(offers.live).toMatchObject({ itemCount: 1, completion: { text: 'variance' } });
    expect(asked).toHaveLength(1);
  });
});
