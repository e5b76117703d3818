import { CancelledError } from '../decoding/cancellation';

/** Kinds of work, the most urgent first: somebody waits for a completion, nobody for a file to be remembered. */
export const priorities = ['complete', 'score', 'warmPrompt', 'rememberFiles'] as const;
export type Priority = (typeof priorities)[number];

export interface Job {
  readonly priority: Priority;
  /** Sessions take turns among equally urgent work. */
  readonly session: object;
  isCancelled(): boolean;
}

/** The right to use the model, while a piece of work has it. */
export interface Turn {
  /** More urgent work is waiting. */
  isWanted(): boolean;
  /**
   * Lets more urgent work go first, and comes back. For work that keeps nothing in its session's cache meanwhile.
   * @throws CancelledError when the work was taken back in the meantime.
   */
  giveWay(): Promise<void>;
}

interface WaitingJob extends Job {
  readonly arrival: number;
  start(): void;
  drop(error: CancelledError): void;
}

/**
 * One piece of work at a time, for a run of the model takes all threads: the most urgent first, then the session that has
 * waited longest, then the oldest. Work that was taken back while it waited never begins.
 */
export class Scheduler {
  private waiting: WaitingJob[] = [];
  private isBusy = false;
  private arrivals = 0;
  private turns = 0;
  private readonly lastTurns = new WeakMap<object, number>();

  /** Runs `work` in its turn. Rejects with a CancelledError where it was taken back before. */
  async run<Result>(job: Job, work: (turn: Turn) => Promise<Result>): Promise<Result> {
    const arrival = this.arrivals++;
    await this.waitForTurn(job, arrival);
    let isHeld = true;
    const giveWay = async (): Promise<void> => {
      this.dropCancelled();
      if (!this.isWanted(job)) return;
      isHeld = false;
      const resumed = this.waitForTurn(job, arrival);
      this.startNext();
      await resumed;
      isHeld = true;
    };
    try {
      return await work({ isWanted: () => this.isWanted(job), giveWay });
    } finally {
      if (isHeld) this.startNext();
    }
  }

  private waitForTurn({ priority, session, isCancelled }: Job, arrival: number): Promise<void> {
    return new Promise((start, drop) => {
      this.waiting.push({ priority, session, isCancelled, arrival, start, drop });
      if (!this.isBusy) this.startNext();
    });
  }

  private startNext(): void {
    this.dropCancelled();
    const [next] = this.waiting.sort((a, b) => this.order(a, b));
    this.isBusy = next !== undefined;
    if (!next) return;
    this.waiting = this.waiting.filter((job) => job !== next);
    this.lastTurns.set(next.session, ++this.turns);
    next.start();
  }

  private dropCancelled(): void {
    for (const job of this.waiting) if (job.isCancelled()) job.drop(new CancelledError());
    this.waiting = this.waiting.filter((job) => !job.isCancelled());
  }

  private isWanted({ priority }: Job): boolean {
    return this.waiting.some((job) => urgencyOf(job.priority) < urgencyOf(priority) && !job.isCancelled());
  }

  private order(a: WaitingJob, b: WaitingJob): number {
    return (
      urgencyOf(a.priority) - urgencyOf(b.priority) ||
      (this.lastTurns.get(a.session) ?? 0) - (this.lastTurns.get(b.session) ?? 0) ||
      a.arrival - b.arrival
    );
  }
}

/** 0 is the most urgent. */
function urgencyOf(priority: Priority): number {
  return priorities.indexOf(priority);
}
