import { describe, expect, it } from 'vitest';
import { promptOfParts } from '../../../src/completion/prompt/lastingPrompt';
import { buildPrompt } from '../../../src/completion/prompt/prompt';
import type { DocumentContext } from '../../../src/protocol/documentContext';
import type { RequestOptions } from '../../../src/protocol/engine';
import { PromptWarmer } from '../../../src/completion/promptWarmer';

const promptOf = (document: DocumentContext) => promptOfParts(document.path, buildPrompt(document));
const place: DocumentContext = { path: 'a.ts', prefix: 'const a = 1;\nconst b = ', suffix: '\nconst c = 3;\n' };

function warmerWith(outcome: () => Promise<void> = async () => {}) {
  const signals: (AbortSignal | undefined)[] = [];
  const warmer = new PromptWarmer({
    warmPrompt: (_, { signal }: RequestOptions = {}) => {
      signals.push(signal);
      return outcome();
    },
  });
  return { warmer, signals };
}

describe('PromptWarmer', () => {
  it('warms a place at its first key only', async () => {
    const { warmer, signals } = warmerWith();
    for (const typed of ['', 'a', 'a +', 'a + 1'])
      await warmer.warmPrompt(promptOf({ ...place, prefix: place.prefix + typed }));
    expect(signals).toHaveLength(1);
  });

  it('warms again in another file and where other lines follow, and takes back what it was at', async () => {
    const { warmer, signals } = warmerWith();
    for (const other of [place, { ...place, path: 'b.ts' }, { ...place, suffix: '\nreturn b;\n' }])
      await warmer.warmPrompt(promptOf(other));
    expect(signals.map((signal) => signal?.aborted)).toEqual([true, true, false]);
  });

  it('tries again at the next key where it failed', async () => {
    let isDown = true;
    const { warmer, signals } = warmerWith(async () => {
      if (isDown) throw new Error('The engine has ended.');
    });
    await expect(warmer.warmPrompt(promptOf(place))).rejects.toThrow('The engine has ended.');
    isDown = false;
    await warmer.warmPrompt(promptOf(place));
    expect(signals).toHaveLength(2);
  });
});
