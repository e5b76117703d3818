import type * as vscode from 'vscode';
import { EndOfLine, Position, type Range, Uri } from './vscode';

/** A document with a text, as far as src/editor reads one. */
export class FakeTextDocument {
  readonly uri: Uri;
  version = 1;
  constructor(
    address: string,
    public text: string,
    readonly languageId = 'python',
  ) {
    this.uri = Uri.parse(address);
  }

  get eol(): number {
    return this.text.includes('\r\n') ? EndOfLine.CRLF : EndOfLine.LF;
  }

  getText(range?: Range): string {
    return range ? this.text.slice(this.offsetAt(range.start), this.offsetAt(range.end)) : this.text;
  }

  lineAt(line: number): { readonly text: string } {
    return { text: this.text.split(/\r?\n/)[line]! };
  }

  offsetAt({ line, character }: Position): number {
    const before = this.text.split('\n').slice(0, line).join('\n');
    return Math.min(this.text.length, before.length + (line > 0 ? 1 : 0) + character);
  }

  positionAt(offset: number): Position {
    const lines = this.text.slice(0, offset).split('\n');
    return new Position(lines.length - 1, lines.at(-1)!.length);
  }

  /** The same, where VS Code's type is asked for. */
  get asDocument(): vscode.TextDocument {
    return this as unknown as vscode.TextDocument;
  }
}
