import type { PromptPart } from '../../protocol/promptPart';

/** A prompt as it is built once for a key, and passed on to all that use it. */
export interface Prompt {
  readonly parts: readonly PromptPart[];
  /** The same for two prompts that differ only in what is typed on a line: the rest is in the engine's cache then. */
  readonly lastingKey: string;
}

/** Text files hold none. */
const separator = '\0';

/** @param path of the document: its own part of the prompt is cut from the front, and may be left out. */
export function promptOfParts(path: string, parts: readonly PromptPart[]): Prompt {
  const lasting = parts.flatMap((part) => {
    if (part.kind === 'special') return [`<${part.token}>`];
    return part.keep === 'start' ? [part.text] : [];
  });
  return { parts, lastingKey: [path, ...lasting].join(separator) };
}
