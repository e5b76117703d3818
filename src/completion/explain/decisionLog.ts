/**
 * How a request for a completion ended. `hidden`: computed, but not worth showing; `skipped`: not computed;
 * `cancelled`: overtaken by the next key.
 */
export type DecisionOutcome = 'shown' | 'cached' | 'hidden' | 'skipped' | 'cancelled' | 'failed';

export interface Decision {
  /** Milliseconds since the epoch, when it ended. */
  readonly time: number;
  /** File and line, as a user knows them; no text of the document. */
  readonly place: string;
  readonly languageId: string;
  readonly outcome: DecisionOutcome;
  /** Why, as the end of a sentence: "the caret is in a comment (topK.comments)". */
  readonly reason: string;
  /** From the request to the decision. */
  readonly milliseconds: number;
}

/** The last decisions; older ones are forgotten. */
export class DecisionLog {
  private readonly decisions: Decision[] = [];

  /** Called with each decision after it was recorded. */
  onRecord: ((decision: Decision) => void) | undefined;

  constructor(private readonly capacity = 50) {}

  record(decision: Decision): void {
    this.decisions.push(decision);
    if (this.decisions.length > this.capacity) this.decisions.shift();
    this.onRecord?.(decision);
  }

  get latest(): Decision | undefined {
    return this.decisions.at(-1);
  }

  newestFirst(): readonly Decision[] {
    return this.decisions.toReversed();
  }
}
