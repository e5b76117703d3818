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

function completion(): Promise<Offer> {
  return until('a completion', () => api.offers.live, 120_000);
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
    const { completion: original, position } = await completion();
    await type('l');
    await until('the rest of it', () => api.offers.live?.typedLength === 1);
    await trigger();
    const live = await until('alternatives', () => {
      const now = api.offers.live;
      return now && now.completion.alternatives.length > 0 && now;
    });
    assert.deepEqual(live.completion.tokenIds, original.tokenIds);
    assert(live.context.position.isEqual(position));
    for (const { text } of live.completion.alternatives) assert.equal(text[0], 'l');
  });

  it('is cancelled by the text where a key comes before the answer, and by nothing else', async () => {
    await open('value = 1\n');
    const { length } = api.decisions.newestFirst();
    await type('another_value = val');
    await until('the last request to end', () => {
      const { latest } = api.decisions;
      return latest && latest.outcome !== 'cancelled' && latest.position.character === 'another_value = val'.length;
    });
    const kinds = api.decisions
      .newestFirst()
      .slice(0, -length)
      .filter(({ latest }) => latest.outcome === 'cancelled')
      .map(({ latest }) => latest.reason.kind);
    assert(kinds.length > 0, 'no request was cancelled');
    assert.deepEqual([...new Set(kinds)], ['textChanged']);
  });
});
