import assert from 'node:assert/strict';
import { before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { commandIds } from '../../src/editor/commands/commandIds';
import type { Offer } from '../../src/editor/offer/offer';
import type { TopKApi } from '../../src/extension';
import { until } from '../e2e/support/until';
import { activateTopK, open, type, withSettings } from './support/editing';
import { repeated } from './support/repeated';

let api: TopKApi;
const run = (command: string, ...parameters: unknown[]) => vscode.commands.executeCommand(command, ...parameters);
const trigger = () => run(commandIds.trigger);

/** What is on offer at the caret, which VS Code asks about some time after every key. */
function completion(): Promise<Offer> {
  const atCaret = (): Offer => {
    const { live } = api.offers;
    if (live?.position.isEqual(vscode.window.activeTextEditor!.selection.active)) return live;
    const ends = api.decisions
      .newestFirst()
      .map(({ latest, count }) => `${latest.place} ${latest.reason.kind} ${count}`);
    throw new Error(`none; engine ${api.engine.state.kind}; ${ends.slice(0, 8).join('; ')}`);
  };
  return until('a completion', atCaret, 120_000);
}

describe('a completion on offer', () => {
  before(async () => {
    api = await activateTopK();
    await api.engine.start();
  });

  it('is gone when a setting changes, and comes anew as the setting has it', async () => {
    await open(repeated);
    await type(' val');
    const shown = (await completion()).completion.tokens[0]!;
    assert.equal(shown.candidates.length, 5);
    await withSettings({ 'topK.candidates': 3 }, async () => {
      await until('nothing on offer', () => api.offers.live === undefined);
      await trigger();
      assert.equal((await completion()).completion.tokens[0]!.candidates.length, 3);
    });
  });

  it('does not outlive the engine that computed it', async () => {
    await open(repeated);
    await type(' val');
    const { id } = await completion();
    await run(commandIds.restartEngine);
    assert.equal(api.offers.live, undefined);
    await trigger();
    assert.notEqual((await completion()).id, id);
  });

  it('stays where it was computed when alternatives are asked for further on', async () => {
    await open(repeated);
    await type(' va');
    const { completion: original, context, typedLength } = await completion();
    await type('l');
    await until('the rest of it', () => api.offers.live?.typedLength === typedLength + 1);
    await trigger();
    const live = await until('alternatives', () => {
      const now = api.offers.live;
      return now && now.completion.alternatives.length > 0 && now;
    });
    assert.deepEqual(live.completion.tokenIds, original.tokenIds);
    assert(live.context.position.isEqual(context.position));
    const typed = original.text.slice(0, typedLength + 1);
    for (const { text } of live.completion.alternatives) assert(text.startsWith(typed), text);
  });

  it('is cancelled by the text where a key comes before the answer, and by nothing else', async () => {
    const { document } = await open(`${'# a line of no importance\n'.repeat(200)}value = 1\n`);
    let isBusy = false;
    const listening = api.engine.onDidChangeBusy((now) => (isBusy = now));
    const kinds = () =>
      api.decisions
        .newestFirst()
        .filter(({ latest }) => latest.documentUri === document.uri.toString() && latest.outcome === 'cancelled')
        .map(({ latest }) => latest.reason.kind);
    // VS Code asks some time after a key: the next key is typed while the model is at work.
    for (const character of 'another = va') {
      await type(character);
      await until('the model to work', () => isBusy);
    }
    listening.dispose();
    await until('a cancelled request', () => kinds().length > 0);
    assert.deepEqual([...new Set(kinds())], ['textChanged']);
  });
});
