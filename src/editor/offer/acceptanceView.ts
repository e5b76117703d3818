import * as vscode from 'vscode';
import { acceptanceReport } from '../../completion/explain/acceptanceReport';
import type { AcceptanceFigures } from './acceptanceStore';

/** Also in package.json: the bin in the title bar of the document. */
export const acceptanceScheme = 'topk-figures';

const uri = vscode.Uri.parse(`${acceptanceScheme}:/Acceptance Figures.md`);

/** The acceptance figures as a read-only document that follows them. */
export class AcceptanceView implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly emitter = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.emitter.event;
  private readonly registrations: vscode.Disposable;

  constructor(private readonly figures: AcceptanceFigures) {
    this.registrations = vscode.Disposable.from(
      vscode.workspace.registerTextDocumentContentProvider(acceptanceScheme, this),
      figures.onDidChange(() => this.emitter.fire(uri)),
    );
  }

  provideTextDocumentContent(): string {
    return acceptanceReport(this.figures.counts);
  }

  async show(): Promise<void> {
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document, { preview: true });
  }

  dispose(): void {
    vscode.Disposable.from(this.registrations, this.emitter).dispose();
  }
}
