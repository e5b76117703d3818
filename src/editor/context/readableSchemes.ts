/** Schemes of what users write; output, diffs, and what other extensions make up are left out of prompts. */
export const readableSchemes: ReadonlySet<string> = new Set(['file', 'untitled', 'vscode-remote', 'vscode-vfs']);
