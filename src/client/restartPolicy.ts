/** Waiting times before the first and the second restart in a row; after a third crash somebody has to ask for it. */
const delaysMs = [0, 1_000];

/** Decides when a crashed engine may start again: soon after the first crash, later after the next, then not by itself. */
export class RestartPolicy {
  private failures = 0;
  private notBefore = 0;

  constructor(private readonly now: () => number = Date.now) {}

  recordFailure(): void {
    this.notBefore = this.now() + (delaysMs[this.failures] ?? 0);
    this.failures++;
  }

  /** A request was served: the engine is well. */
  recordSuccess(): void {
    this.failures = 0;
    this.notBefore = 0;
  }

  get hasGivenUp(): boolean {
    return this.failures > delaysMs.length;
  }

  /** Milliseconds until a start is allowed; 0 is now. */
  get waitMs(): number {
    return Math.max(0, this.notBefore - this.now());
  }
}
