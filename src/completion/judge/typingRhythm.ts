/** Intervals remembered; enough for a habit, few enough to follow a change of pace. */
const rememberedIntervals = 20;
/** A longer interval is a pause, not typing. */
const longestInterval = 1_000;
const shortestWait = 60;
const longestWait = 300;
/** VS Code itself waits this long before it asks (`InlineCompletionsDebounce`). */
const editorDebounce = 50;

/** The user's own typing pace: who types fast is asked for patience for longer than one of their key intervals. */
export class TypingRhythm {
  private readonly intervals: number[] = [];
  private lastKeyAt: number | undefined;

  /** @param at milliseconds of any steady clock. */
  recordKey(at: number): void {
    const interval = this.lastKeyAt === undefined ? Infinity : at - this.lastKeyAt;
    this.lastKeyAt = at;
    if (interval > longestInterval) return;
    this.intervals.push(interval);
    if (this.intervals.length > rememberedIntervals) this.intervals.shift();
  }

  /**
   * Milliseconds to wait before the model is asked: a little more than the usual interval, so that a request starts when
   * the next key is late; half of it behind a separator, where people stop to think.
   */
  waitAfter(lastCharacter: string): number {
    const sorted = [...this.intervals].sort((a, b) => a - b);
    const usual = sorted[sorted.length >> 1] ?? 150;
    const factor = /[\p{L}\p{N}_]/u.test(lastCharacter) ? 1.2 : 0.6;
    return Math.max(0, Math.min(longestWait, Math.max(shortestWait, usual * factor)) - editorDebounce);
  }
}
