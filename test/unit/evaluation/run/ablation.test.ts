import { describe, expect, it } from 'vitest';
import { ruleNames } from '../../../../src/completion/trim/trimCompletion';
import { ablationNames, type AblationName, optionsWithout } from '../../../../src/evaluation/run/ablation';

const without = (...names: AblationName[]) => optionsWithout(new Set(names));

describe('optionsWithout', () => {
  it('leaves everything on where nothing is named', () => {
    expect(without()).toEqual({
      path: true,
      suffix: true,
      snippets: { openFiles: true, ownFile: true },
      promptLookup: true,
      tokenHealing: true,
      disabledRules: new Set(),
    });
  });

  it('takes snippets for both kinds of them', () => {
    expect(without('snippets').snippets).toEqual({ openFiles: false, ownFile: false });
    expect(without('openFileSnippets', 'ownFileSnippets')).toEqual(without('snippets'));
    expect(without('ownFileSnippets').snippets).toEqual({ openFiles: true, ownFile: false });
  });

  it('changes an option for every name but that of the engine’s own memory', () => {
    const unchanged = ablationNames.filter((name) => isSame(without(name), without()));
    expect(unchanged).toEqual(['workspaceMemory']);
    expect(without(...ruleNames).disabledRules).toEqual(new Set(ruleNames));
  });
});

function isSame(one: ReturnType<typeof without>, other: ReturnType<typeof without>): boolean {
  const plain = (options: typeof one) => JSON.stringify({ ...options, disabledRules: [...options.disabledRules!] });
  return plain(one) === plain(other);
}
