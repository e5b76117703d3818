import { ruleNames } from '../trim/trimCompletion';

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
