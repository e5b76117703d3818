import type { DecisionOutcome, Reason } from './reason';

export interface Decision {
  /** Milliseconds since the epoch, when it ended. */
  readonly time: number;
  /** File and line, as a user knows them; no text of the document. */
  readonly place: string;
  readonly languageId: string;
  readonly outcome: DecisionOutcome;
  readonly reason: Reason;
  /** From the request to the decision. */
  readonly milliseconds: number;
}

/** The last decisions; older ones are forgotten. */
export class DecisionLog {
  private readonly decisions: Decision[] = [];

  constructor(private readonly capacity = 50) {}

  record(decision: Decision): void {
    this.decisions.push(decision);
    if (this.decisions.length > this.capacity) this.decisions.shift();
  }

  get latest(): Decision | undefined {
    return this.decisions.at(-1);
  }

  newestFirst(): readonly Decision[] {
    return this.decisions.toReversed();
  }
}
