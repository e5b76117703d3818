import * as vscode from 'vscode';

/** Context keys that Top-K sets, for the `when` clauses of package.json; a test compares the two. */
export const contextKeys = {
  isSnoozed: 'topK.isSnoozed',
  /** A completion was accepted at some time: the first step of the walkthrough is done. */
  hasAccepted: 'topK.hasAccepted',
  hasAcceptanceFigures: 'topK.hasAcceptanceFigures',
} as const;

/** Context keys of VS Code that the `when` clauses use. */
export const builtInContextKeys = [
  'editorIsOpen',
  'editorReadonly',
  'editorTextFocus',
  'inlineSuggestionVisible',
  'resourceScheme',
] as const;

export async function setContextKey(name: keyof typeof contextKeys, value: boolean): Promise<void> {
  await vscode.commands.executeCommand('setContext', contextKeys[name], value);
}
