import type * as vscode from 'vscode';
import type { FilePolicy } from '../context/filePolicy';

export interface PlaceCheckServices {
  /** The end of the snooze that is running. */
  snoozedUntil(): Date | undefined;
  isOnBattery(): boolean;
  readonly policy: Pick<FilePolicy, 'mayComplete'>;
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
      isExcluded: !this.services.policy.mayComplete(document),
    };
  }
}
