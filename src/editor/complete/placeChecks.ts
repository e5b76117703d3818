import type * as vscode from 'vscode';
import { matchesAny } from '../context/ignoreRules';
import type { Settings } from '../settings/settings';

export interface PlaceCheckServices {
  /** The end of the snooze that is running. */
  snoozedUntil(): Date | undefined;
  isOnBattery(): boolean;
  settingsFor(document: vscode.TextDocument): Settings;
}

/** What speaks against a completion in a document, besides its text. */
export class PlaceChecks {
  constructor(private readonly services: PlaceCheckServices) {}

  get isOnBattery(): boolean {
    return this.services.isOnBattery();
  }

  check(document: vscode.TextDocument): { snoozedUntil: Date | undefined; isOnBattery: boolean; isExcluded: boolean } {
    return {
      snoozedUntil: this.services.snoozedUntil(),
      isOnBattery: this.isOnBattery,
      isExcluded: isExcluded(document, this.services.settingsFor(document)),
    };
  }
}

/** Whether a file must stay out of prompts: environment files, keys, and what the user names. */
export function isExcluded(document: vscode.TextDocument, { contextExcludedFiles }: Settings): boolean {
  return matchesAny(document.uri, contextExcludedFiles);
}
