import * as vscode from 'vscode';
import { builtInCommandIds } from './commandIds';

const storageKey = 'topK.welcomed';

/**
 * Opens the walkthrough at the first start after the first installation. VS Code does so itself for what is installed from
 * its own views, not for a VSIX from the command line. Never in front of something that is open, and never against the
 * user's setting for walkthroughs.
 */
export async function welcomeOnFirstInstall({ globalState, extension }: vscode.ExtensionContext): Promise<void> {
  globalState.setKeysForSync([storageKey]);
  if (globalState.get(storageKey) === true) return;
  await globalState.update(storageKey, true);
  const isWanted = vscode.workspace.getConfiguration().get('workbench.welcomePage.walkthroughs.openOnInstall', true);
  const isSomethingOpen = vscode.window.tabGroups.all.some(({ tabs }) => tabs.length > 0);
  if (!isWanted || isSomethingOpen) return;
  await vscode.commands.executeCommand(builtInCommandIds.openWalkthrough, `${extension.id}#topK.firstSteps`, false);
}
