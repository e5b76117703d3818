import * as vscode from 'vscode';
import type { LocatedFile } from './locatedFile';
import { readableSchemes } from './readableSchemes';

const largestDocument = 200_000;

/** The documents in tabs, the one that was last in front first; each as the same object until it changes. */
export class OpenDocuments implements vscode.Disposable {
  private readonly read = new WeakMap<
    vscode.TextDocument,
    { readonly version: number; readonly located: LocatedFile }
  >();
  /** Most recent first. */
  private recent: string[] = [];
  private readonly listening = vscode.window.onDidChangeActiveTextEditor((editor) => {
    if (editor) this.touch(editor.document.uri.toString());
  });

  others(document: vscode.TextDocument): LocatedFile[] {
    const inTabs = new Set(
      vscode.window.tabGroups.all.flatMap(({ tabs }) =>
        tabs.flatMap(({ input }) => (input instanceof vscode.TabInputText ? [input.uri.toString()] : [])),
      ),
    );
    const order = (other: vscode.TextDocument): number => {
      const index = this.recent.indexOf(other.uri.toString());
      return index < 0 ? this.recent.length : index;
    };
    return vscode.workspace.textDocuments
      .filter(
        (other) => other !== document && readableSchemes.has(other.uri.scheme) && inTabs.has(other.uri.toString()),
      )
      .sort((a, b) => order(a) - order(b))
      .flatMap((other) => this.fileOf(other) ?? []);
  }

  dispose(): void {
    this.listening.dispose();
  }

  private fileOf(document: vscode.TextDocument): LocatedFile | undefined {
    const known = this.read.get(document);
    if (known?.version === document.version) return known.located;
    const text = document.getText();
    if (text.length > largestDocument) return undefined;
    const { uri, version } = document;
    const located = { uri, file: { path: vscode.workspace.asRelativePath(uri, false), text } };
    this.read.set(document, { version, located });
    return located;
  }

  private touch(uri: string): void {
    this.recent = [uri, ...this.recent.filter((other) => other !== uri)].slice(0, 50);
  }
}
