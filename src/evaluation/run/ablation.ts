import type { CompleterOptions } from '../../completion/completer';
import { ruleNames } from '../../completion/trim/trimCompletion';

/** Everything that an evaluation can leave out by name to see what it is worth: parts of the prompt, of decoding, trim rules. */
export const ablationNames = [
  'path',
  'suffixBlock',
  'snippets',
  'openFileSnippets',
  'ownFileSnippets',
  'tokenHealing',
  'promptLookup',
  'workspaceMemory',
  ...ruleNames,
] as const;

export type AblationName = (typeof ablationNames)[number];

export function isAblationName(name: string): name is AblationName {
  return (ablationNames as readonly string[]).includes(name);
}

/** The completer's options that leave the named parts out; the workspace memory is the engine's and not among them. */
export function optionsWithout(names: ReadonlySet<AblationName>): CompleterOptions {
  const hasSnippets = !names.has('snippets');
  return {
    path: !names.has('path'),
    suffix: !names.has('suffixBlock'),
    snippets: {
      openFiles: hasSnippets && !names.has('openFileSnippets'),
      ownFile: hasSnippets && !names.has('ownFileSnippets'),
    },
    promptLookup: !names.has('promptLookup'),
    tokenHealing: !names.has('tokenHealing'),
    disabledRules: new Set(ruleNames.filter((name) => names.has(name))),
  };
}
