import * as vscode from 'vscode';
import { builtInCommandIds } from './commandIds';

const storageKey = 'topK.welcomed';

/**
 * Opens the walkthrough at the first start after the first installation. VS Code does so itself for what is installed from
 * its own views, not for a VSIX from the command line. As there, it opens behind what one may be working in, and never
 * against the user's setting for walkthroughs.
 */
export async function welcomeOnFirstInstall({ globalState, extension }: vscode.ExtensionContext): Promise<void> {
  globalState.setKeysForSync([storageKey]);
  if (globalState.get(storageKey) === true) return;
  await globalState.update(storageKey, true);
  const isWanted = vscode.workspace.getConfiguration().get('workbench.welcomePage.walkthroughs.openOnInstall', true);
  if (!isWanted) return;
  const walkthrough = { category: `${extension.id}#topK.firstSteps` };
  await vscode.commands.executeCommand(builtInCommandIds.openWalkthrough, walkthrough, { inactive: isInUse() });
}

/** A tab of VS Code's own pages, its Welcome page among them, has no input that an extension may know. */
function isInUse(): boolean {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  return tabs.some(({ input }) => input !== undefined) || vscode.window.activeTerminal !== undefined;
}
