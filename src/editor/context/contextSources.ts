import * as vscode from 'vscode';
import type { ContextFile } from '../../protocol/documentContext';
import type { Settings } from '../settings/settings';
import { Definitions } from './definitions';
import { IgnoreRules, matchesAny } from './ignoreRules';
import { OpenDocuments } from './openDocuments';
import { RecentEdits } from './recentEdits';
import { SiblingFiles } from './siblingFiles';

/** A clip shorter than this says nothing; a longer one than that is no piece of code to go on from. */
const clipboardCharacters = { least: 3, most: 2_000 };

/**
 * Other texts that may help at a caret, from the sources that the settings allow, nearest first. Files that hold secrets,
 * and those that the project ignores, are left out.
 */
export class ContextSources implements vscode.Disposable {
  readonly ignoreRules: IgnoreRules;
  private readonly openDocuments = new OpenDocuments();
  private readonly recentEdits = new RecentEdits();
  private readonly siblings: SiblingFiles;
  private readonly definitions: Definitions;
  private clip: ContextFile | undefined;

  constructor(private readonly reportError: (error: unknown) => void) {
    this.ignoreRules = new IgnoreRules(reportError);
    this.siblings = new SiblingFiles(this.ignoreRules, reportError);
    this.definitions = new Definitions(reportError);
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
      const isKeptOut = matchesAny(uri, settings.contextExcludedFiles) || this.ignoreRules.mayBeIgnored(uri);
      if (seen.has(key) || isKeptOut) return [];
      seen.add(key);
      return [file];
    });
    return settings.contextClipboard ? [...files, ...this.lastClip()] : files;
  }

  dispose(): void {
    const { ignoreRules, openDocuments, recentEdits, siblings, definitions } = this;
    vscode.Disposable.from(ignoreRules, openDocuments, recentEdits, siblings, definitions).dispose();
  }

  private lastClip(): ContextFile[] {
    vscode.env.clipboard.readText().then((text) => {
      const { least, most } = clipboardCharacters;
      const fits = text.length >= least && text.length <= most;
      if (text !== this.clip?.text) this.clip = fits ? { path: 'clipboard', text } : undefined;
    }, this.reportError);
    return this.clip ? [this.clip] : [];
  }
}
