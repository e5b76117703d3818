import * as vscode from 'vscode';
import { type Settings, settings } from '../settings/settings';
import type { SettingsReader } from '../settings/settingsReader';

/** Whether a language is switched on; `*` stands for those without an entry of their own. */
export function isOnForLanguage({ languages }: Pick<Settings, 'languages'>, languageId: string): boolean {
  return languages[languageId] ?? languages['*'] ?? true;
}

/** Switches Top-K off where it is on, and on where it is off. */
export async function toggleEverywhere(reader: SettingsReader): Promise<void> {
  const isOn = reader.for().enable;
  await update(settings.enable.key, () => !isOn);
}

/** The same for the language of the document in the active editor; without one there is nothing to switch. */
export async function toggleLanguage(reader: SettingsReader): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  if (!document) return;
  const { languageId } = document;
  await switchLanguage(languageId, !isOnForLanguage(reader.for(document), languageId));
}

/** Switches Top-K on or off for one language, whichever document is active. */
export async function switchLanguage(languageId: string, isOn: boolean): Promise<void> {
  // VS Code lays the user's entries over the default ones, so no more than this one is written.
  await update(settings.languages.key, (own) => ({ ...(own as object | undefined), [languageId]: isOn }));
}

/** @param change from what is written in the settings now; undefined where nothing is. */
async function update(key: string, change: (own: unknown) => unknown): Promise<void> {
  const configuration = vscode.workspace.getConfiguration();
  const { globalValue, workspaceValue } = configuration.inspect(key) ?? {};
  const { Global, Workspace } = vscode.ConfigurationTarget;
  // Where the workspace has a value of its own, a change of the user's would do nothing.
  if (workspaceValue === undefined) await configuration.update(key, change(globalValue), Global);
  else await configuration.update(key, change(workspaceValue), Workspace);
}
