import { describe, expect, it } from 'vitest';
import type { LoadedModel } from '../../../src/engine/loadedModel';
import { BadRequestError } from '../../../src/engine/requests/requestChecks';
import { Sessions } from '../../../src/engine/sessions';
import { ToyModel, toyTokenizer } from '../../support/toyModel';

const tokenizer = toyTokenizer();

function toySessions(): Sessions {
  const decoder = new ToyModel(tokenizer, 100);
  // Sessions look at the decoder alone.
  return new Sessions({ tokenizer, decoder } as unknown as LoadedModel);
}

describe('Sessions', () => {
  it('have a cache and a memory of their own each', async () => {
    const sessions = toySessions();
    const [a, b] = [sessions.find(sessions.open()), sessions.find(sessions.open())];
    await a.decoder.append([1, 2, 3], 1);
    a.memory.rememberTokens('a.py', [5, 6, 7, 8]);
    expect(a.memory.matches([5, 6])).toEqual([{ id: 7, length: 2 }]);
    for (const other of [b, sessions.find()]) {
      expect(other.decoder.cachedTokens).toEqual([]);
      expect(other.memory.matches([5, 6])).toEqual([]);
      expect(other.tokenizer).toBe(a.tokenizer);
    }
  });

  it('are the default one for callers that name none, the same each time', () => {
    const sessions = toySessions();
    expect(sessions.find()).toBe(sessions.find('default'));
  });

  it('are gone when closed: the default one starts anew, another has to be opened', () => {
    const sessions = toySessions();
    const id = sessions.open();
    sessions.close(id);
    expect(() => sessions.find(id)).toThrow(BadRequestError);
    expect(() => sessions.find(id)).toThrow(`There is no session "${id}": it was closed`);
    expect(() => sessions.close(id)).toThrow(BadRequestError);
    const before = sessions.find();
    sessions.close('default');
    expect(sessions.find()).not.toBe(before);
  });
});
