import * as vscode from 'vscode';
import type { ContextFile } from '../../protocol/documentContext';
import { type Log, logFailure } from '../../protocol/log';
import type { Settings } from '../settings/settings';
import { Definitions } from './definitions';
import type { FilePolicy } from './filePolicy';
import { OpenDocuments } from './openDocuments';
import { RecentEdits } from './recentEdits';
import { SiblingFiles } from './siblingFiles';

/** A clip shorter than this says nothing; a longer one than that is no piece of code to go on from. */
const clipboardCharacters = { least: 3, most: 2_000 };

/**
 * Other texts that may help at a caret, from the sources that the settings allow, nearest first; only what the file policy
 * allows.
 */
export class ContextSources implements vscode.Disposable {
  private readonly openDocuments = new OpenDocuments();
  private readonly recentEdits = new RecentEdits();
  private readonly siblings: SiblingFiles;
  private readonly definitions: Definitions;
  private clip: ContextFile | undefined;

  constructor(
    private readonly policy: FilePolicy,
    private readonly log: Log,
  ) {
    this.siblings = new SiblingFiles(policy, log);
    this.definitions = new Definitions(policy, log);
  }

  /** Answers at once with what is known; what has to be read is there the next time. */
  filesFor(document: vscode.TextDocument, position: vscode.Position, settings: Settings): ContextFile[] {
    const located = [
      ...(settings.contextDefinitions ? this.definitions.near(document, position) : []),
      ...(settings.contextRecentEdits ? this.recentEdits.others(document) : []),
      ...(settings.contextOpenFiles ? this.openDocuments.others(document) : []),
      ...(settings.contextSiblings ? this.siblings.of(document) : []),
    ];
    const seen = new Set<string>();
    const files = located.flatMap(({ uri, file }) => {
      // An open document comes before the same file on disk, which may be older.
      const key = `${uri.toString()} ${file.text.length}`;
      if (seen.has(key) || !this.policy.mayReadNow(uri) || !this.policy.mayUse(file)) return [];
      seen.add(key);
      return [file];
    });
    return settings.contextClipboard ? [...files, ...this.lastClip()] : files;
  }

  dispose(): void {
    const { openDocuments, recentEdits, siblings, definitions } = this;
    vscode.Disposable.from(openDocuments, recentEdits, siblings, definitions).dispose();
  }

  private lastClip(): ContextFile[] {
    vscode.env.clipboard.readText().then(
      (text) => {
        const { least, most } = clipboardCharacters;
        const fits = text.length >= least && text.length <= most;
        if (text !== this.clip?.text) this.clip = fits ? { path: 'clipboard', text } : undefined;
      },
      (error: unknown) => logFailure(this.log, error),
    );
    return this.clip && this.policy.mayUse(this.clip) ? [this.clip] : [];
  }
}
