import * as vscode from 'vscode';
import { builtInCommandIds } from '../commands/commandIds';

/**
 * Asks VS Code to ask again when something that was missing is there: the engine, or the prompt in its cache. A provider
 * cannot push an answer, and a user who paused would otherwise see nothing until the next key.
 */
export class Refresher implements vscode.Disposable {
  private expected:
    { readonly documentUri: string; readonly version: number; readonly position: vscode.Position } | undefined;
  private preparing: { readonly document: vscode.TextDocument; readonly controller: AbortController } | undefined;
  private readonly listening = vscode.workspace.onDidChangeTextDocument(({ document }) => {
    if (document === this.preparing?.document) this.preparing.controller.abort();
  });

  /**
   * Triggers a request once `prepare` is done, if the caret and the text are still the same. Once for each text: VS Code
   * takes the answer to one explicit request, empty or not, for the answer to the next one at the same place.
   *
   * @param prepare gets a signal that is aborted by the next change of the document, or by the next preparation. Its
   * failures are told elsewhere: by the engine's state, or by the request that needs the same.
   */
  refreshAfter(
    prepare: (signal: AbortSignal) => Promise<unknown>,
    document: vscode.TextDocument,
    position: vscode.Position,
  ): void {
    const { version } = document;
    const controller = new AbortController();
    this.preparing?.controller.abort();
    this.preparing = { document, controller };
    prepare(controller.signal).then(
      () => {
        const editor = vscode.window.activeTextEditor;
        const isSame = editor?.document === document && document.version === version;
        if (!isSame || !editor.selection.isEmpty || !editor.selection.active.isEqual(position)) return;
        this.expected = { documentUri: document.uri.toString(), version, position };
        void vscode.commands.executeCommand(builtInCommandIds.trigger);
      },
      () => {},
    );
  }

  /** Whether a request is the one that was triggered here, and not the user's own. */
  takeRefresh(document: vscode.TextDocument, position: vscode.Position): boolean {
    const { expected } = this;
    this.expected = undefined;
    return (
      expected !== undefined &&
      expected.documentUri === document.uri.toString() &&
      expected.version === document.version &&
      expected.position.isEqual(position)
    );
  }

  dispose(): void {
    this.preparing?.controller.abort();
    this.listening.dispose();
  }
}
