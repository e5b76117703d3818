import * as vscode from 'vscode';
import { holdsSecret, isSecretPath, secretFilePatterns } from '../../completion/snippets/secretFiles';
import type { ContextFile } from '../../protocol/documentContext';
import type { SettingsReader } from '../settings/settingsReader';
import { type IgnoreRules, matchesAny } from './ignoreRules';

export interface FilePolicyServices {
  readonly settings: Pick<SettingsReader, 'forFile' | 'onDidChange'>;
  readonly ignoreRules: Pick<IgnoreRules, 'isIgnored' | 'mayBeIgnored' | 'onDidChange'>;
}

/** What the list of secret files has already said: the setting begins with that list. */
const alwaysExcluded: ReadonlySet<string> = new Set(secretFilePatterns);

/**
 * What may be done with a file: the one place that decides. Names of the list of secret files, and those that the setting
 * topK.context.excludedFiles adds, are neither completed nor shown to the model; a pattern that begins with `!` lets files in
 * again. Beside the document that is written in, nothing is shown that the project ignores or that has a secret in its text.
 */
export class FilePolicy implements vscode.Disposable {
  private readonly emitter = new vscode.EventEmitter<void>();
  /** What was allowed may not be any more, and the other way round. */
  readonly onDidChange = this.emitter.event;
  /** By the list of patterns that was in force. */
  private readonly excluded = new WeakMap<readonly string[], Map<string, boolean>>();
  private readonly secretTexts = new WeakMap<ContextFile, boolean>();
  private readonly listening: vscode.Disposable;

  constructor(private readonly services: FilePolicyServices) {
    this.listening = vscode.Disposable.from(
      services.settings.onDidChange((event) => {
        if (event.affectsConfiguration('topK.context.excludedFiles')) this.emitter.fire();
      }),
      services.ignoreRules.onDidChange(() => this.emitter.fire()),
    );
  }

  /** Whether a document may be completed, and so be shown to the model itself. An ignored one may: somebody writes in it. */
  mayComplete({ uri }: Pick<vscode.TextDocument, 'uri'>): boolean {
    return !this.isExcluded(uri);
  }

  /** Whether a file may be read to help in others. Never rejects. */
  async mayRead(uri: vscode.Uri): Promise<boolean> {
    return !this.isExcluded(uri) && !(await this.services.ignoreRules.isIgnored(uri));
  }

  /** The same, as far as it is known now: what is not known yet may not be read. */
  mayReadNow(uri: vscode.Uri): boolean {
    return !this.isExcluded(uri) && !this.services.ignoreRules.mayBeIgnored(uri);
  }

  /** Whether a text that was read may be shown to the model. */
  mayUse(file: ContextFile): boolean {
    const known = this.secretTexts.get(file);
    if (known !== undefined) return !known;
    const isSecret = holdsSecret(file.text);
    this.secretTexts.set(file, isSecret);
    return !isSecret;
  }

  dispose(): void {
    vscode.Disposable.from(this.listening, this.emitter).dispose();
  }

  private isExcluded(uri: vscode.Uri): boolean {
    const patterns = this.services.settings.forFile(uri).contextExcludedFiles;
    const answers = this.excluded.get(patterns) ?? new Map<string, boolean>();
    this.excluded.set(patterns, answers);
    const key = uri.toString();
    const known = answers.get(key);
    if (known !== undefined) return known;
    const answer = matchesPatterns(uri, patterns);
    answers.set(key, answer);
    return answer;
  }
}

function matchesPatterns(uri: vscode.Uri, patterns: readonly string[]): boolean {
  const letIn = patterns.filter((pattern) => pattern.startsWith('!')).map((pattern) => pattern.slice(1));
  if (matchesAny(uri, letIn)) return false;
  const added = patterns.filter((pattern) => !pattern.startsWith('!') && !alwaysExcluded.has(pattern));
  return isSecretPath(uri.path) || matchesAny(uri, added);
}
