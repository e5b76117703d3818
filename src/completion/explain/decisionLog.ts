import type { DecisionOutcome, Reason } from './reason';

export interface Decision {
  /** Milliseconds since the epoch, when it ended. */
  readonly time: number;
  readonly documentUri: string;
  /** Of the caret, both from 0. */
  readonly position: { readonly line: number; readonly character: number };
  /** File and line, as a user knows them; no text of the document. */
  readonly place: string;
  readonly languageId: string;
  readonly outcome: DecisionOutcome;
  readonly reason: Reason;
  /** From the request to the decision. */
  readonly milliseconds: number;
}

/** Decisions that followed each other in one document and say the same. */
export interface DecisionGroup {
  readonly latest: Decision;
  readonly count: number;
}

/** Every key may end in one of these, so a run of them is one entry. */
const groupedOutcomes: ReadonlySet<DecisionOutcome> = new Set(['cached', 'cancelled', 'skipped']);

/** The last decisions; older ones are forgotten. */
export class DecisionLog {
  private readonly groups: DecisionGroup[] = [];

  /** Called with each decision after it was recorded. */
  onRecord: ((decision: Decision) => void) | undefined;

  /** @param capacity groups kept. */
  constructor(private readonly capacity = 50) {}

  record(decision: Decision): void {
    this.keep(decision);
    this.onRecord?.(decision);
  }

  private keep(decision: Decision): void {
    const last = this.groups.at(-1);
    if (last && belongTogether(last.latest, decision)) {
      this.groups[this.groups.length - 1] = { latest: decision, count: last.count + 1 };
      return;
    }
    this.groups.push({ latest: decision, count: 1 });
    if (this.groups.length > this.capacity) this.groups.shift();
  }

  get latest(): Decision | undefined {
    return this.groups.at(-1)?.latest;
  }

  newestFirst(): readonly DecisionGroup[] {
    return this.groups.toReversed();
  }
}

function belongTogether(before: Decision, after: Decision): boolean {
  if (before.documentUri !== after.documentUri || before.outcome !== after.outcome) return false;
  // Typed on or at the same place: what was on offer stayed there.
  if (after.outcome === 'cached') return true;
  return groupedOutcomes.has(after.outcome) && before.reason.kind === after.reason.kind;
}
