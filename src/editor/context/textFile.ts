import * as vscode from 'vscode';

/** Larger files are data, or would cost more than they give. */
export const largestFile = 60_000;

/** The text of a file; undefined where it is large, binary, or gone. */
export async function readTextFile(uri: vscode.Uri): Promise<string | undefined> {
  try {
    if ((await vscode.workspace.fs.stat(uri)).size > largestFile) return undefined;
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
    return text.includes('\0') ? undefined : text;
  } catch (error) {
    if (error instanceof vscode.FileSystemError) return undefined;
    throw error;
  }
}

/** With its dot; '' for a name without one. */
export function extensionOf(name: string): string {
  return /\.[^./]*$/.exec(name)?.[0] ?? '';
}
