import * as vscode from 'vscode';
import { type Settings, settings } from '../settings/settings';
import type { SettingsReader } from '../settings/settingsReader';

/** Whether a language is switched on; `*` stands for those without an entry of their own. */
export function isOnForLanguage({ languages }: Pick<Settings, 'languages'>, languageId: string): boolean {
  return languages[languageId] ?? languages['*'] ?? true;
}

/** Switches Top-K off where it is on, and on where it is off. */
export async function toggleEverywhere(reader: SettingsReader): Promise<void> {
  await update(settings.enable.key, !reader.for().enable);
}

/** The same for the language of the document in the active editor; without one there is nothing to switch. */
export async function toggleLanguage(reader: SettingsReader): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  if (!document) return;
  const { languageId } = document;
  await switchLanguage(reader, languageId, !isOnForLanguage(reader.for(document), languageId));
}

/** Switches Top-K on or off for one language, whichever document is active. */
export async function switchLanguage(reader: SettingsReader, languageId: string, isOn: boolean): Promise<void> {
  await update(settings.languages.key, { ...reader.for().languages, [languageId]: isOn });
}

async function update(key: string, value: unknown): Promise<void> {
  const configuration = vscode.workspace.getConfiguration();
  // Where the workspace has a value of its own, a change of the user's would do nothing.
  const { workspaceValue } = configuration.inspect(key) ?? {};
  const { Global, Workspace } = vscode.ConfigurationTarget;
  await configuration.update(key, value, workspaceValue === undefined ? Global : Workspace);
}
