import * as vscode from 'vscode';
import { type Log, logFailure } from '../../protocol/log';
import type { FilePolicy } from './filePolicy';
import type { LocatedFile } from './locatedFile';

/** Names looked up for one caret line; language servers may be slow, and the user is typing. */
const mostNames = 3;
const rememberedNames = 100;
/** Lines of a definition that are shown. */
const definitionLines = 16;

interface Answer {
  /** Address of the document that has the name. */
  readonly askedFrom: string;
  /** Undefined while it is looked for, and where there is none. */
  file: LocatedFile | undefined;
}

/**
 * The definitions of names near the caret, found through VS Code's definition providers in the background: a request takes
 * what is known, and never waits for a language server.
 */
export class Definitions implements vscode.Disposable {
  private readonly known = new Map<string, Answer>();
  private readonly listening: vscode.Disposable;

  constructor(
    private readonly policy: Pick<FilePolicy, 'mayRead'>,
    private readonly log: Log,
  ) {
    const forgetOf = (uri: vscode.Uri, alsoAskedFrom: boolean): void => {
      const address = uri.toString();
      for (const [key, { askedFrom, file }] of this.known) {
        const isAskedAnew = alsoAskedFrom && (askedFrom === address || !file);
        if (file?.uri.toString() === address || isAskedAnew) this.known.delete(key);
      }
    };
    this.listening = vscode.Disposable.from(
      // While a document is typed in, what its own names mean stays known: asking anew at every key would never end.
      vscode.workspace.onDidChangeTextDocument(({ document }) => forgetOf(document.uri, false)),
      vscode.workspace.onDidSaveTextDocument(({ uri }) => forgetOf(uri, true)),
    );
  }

  /** Definitions in other files of names in the lines above the caret's and before the caret in its line. */
  near(document: vscode.TextDocument, position: vscode.Position): LocatedFile[] {
    const found: LocatedFile[] = [];
    for (const { name, at } of namesBefore(document, position)) {
      const key = `${document.uri.toString()} ${name}`;
      const answer = this.known.get(key);
      if (answer?.file) found.push(answer.file);
      else if (!answer) this.lookUp(key, document, at);
    }
    return found;
  }

  dispose(): void {
    this.listening.dispose();
  }

  private lookUp(key: string, document: vscode.TextDocument, at: vscode.Position): void {
    const answer: Answer = { askedFrom: document.uri.toString(), file: undefined };
    this.known.set(key, answer);
    while (this.known.size > rememberedNames) this.known.delete(this.known.keys().next().value!);
    this.definitionAt(document, at).then(
      (file) => (answer.file = file),
      (error: unknown) => logFailure(this.log, error),
    );
  }

  private async definitionAt(document: vscode.TextDocument, at: vscode.Position): Promise<LocatedFile | undefined> {
    const found = await vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[] | undefined>(
      'vscode.executeDefinitionProvider',
      document.uri,
      at,
    );
    const [first] = found ?? [];
    if (!first) return undefined;
    const { uri, range } = 'targetUri' in first ? { uri: first.targetUri, range: first.targetRange } : first;
    if (uri.toString() === document.uri.toString() || !(await this.policy.mayRead(uri))) return undefined;
    const target = await vscode.workspace.openTextDocument(uri);
    const text = target.getText(new vscode.Range(range.start.line, 0, range.start.line + definitionLines, 0));
    return { uri, file: { path: vscode.workspace.asRelativePath(uri, false), text } };
  }
}

/** The last distinct names of the two lines above the caret's: those of its own line change with every key. */
function namesBefore(
  document: vscode.TextDocument,
  { line }: vscode.Position,
): { name: string; at: vscode.Position }[] {
  const names = new Map<string, vscode.Position>();
  for (let number = Math.max(0, line - 2); number < line; number++) {
    for (const match of document.lineAt(number).text.matchAll(/[\p{L}_$][\p{L}\p{N}_$]{2,}/gu)) {
      names.delete(match[0]);
      names.set(match[0], new vscode.Position(number, match.index));
    }
  }
  return [...names].slice(-mostNames).map(([name, at]) => ({ name, at }));
}
