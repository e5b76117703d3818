import type * as vscode from 'vscode';
import type { ContextFile } from '../../protocol/documentContext';

/** A text that may help, and where it is from: what keeps secrets and ignored files out asks for that. */
export interface LocatedFile {
  readonly uri: vscode.Uri;
  readonly file: ContextFile;
}
