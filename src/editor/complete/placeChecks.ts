import type * as vscode from 'vscode';
import type { FilePolicy } from '../context/filePolicy';

export interface PlaceCheckServices {
  isSnoozed(): boolean;
  isOnBattery(): boolean;
  readonly policy: Pick<FilePolicy, 'mayComplete'>;
}

/** What speaks against a completion in a document, besides its text. */
export class PlaceChecks {
  constructor(private readonly services: PlaceCheckServices) {}

  get isOnBattery(): boolean {
    return this.services.isOnBattery();
  }

  check(document: vscode.TextDocument): { isSnoozed: boolean; isOnBattery: boolean; isExcluded: boolean } {
    return {
      isSnoozed: this.services.isSnoozed(),
      isOnBattery: this.isOnBattery,
      isExcluded: !this.services.policy.mayComplete(document),
    };
  }
}
