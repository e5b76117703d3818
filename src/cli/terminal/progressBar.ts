const barWidth = 24;

export interface Progress {
  readonly done: number;
  readonly total: number;
  /** Milliseconds since the first of them began. */
  readonly elapsedMs: number;
}

/** `━━━━──── 40 of 120 cases, 1.5 min left`: the time left is what the rest takes at the mean pace so far. */
export function progressBar({ done, total, elapsedMs }: Progress, noun: string): string {
  const filled = total === 0 ? barWidth : Math.floor((done / total) * barWidth);
  const bar = '━'.repeat(filled) + '─'.repeat(barWidth - filled);
  const left = done === 0 ? '' : `, ${timeLeft((elapsedMs / done) * (total - done))} left`;
  return `${bar} ${done} of ${total} ${noun}${left}`;
}

/** Whole seconds below two minutes, then minutes: an estimate is worth no more. */
function timeLeft(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 120) return `${seconds} s`;
  return `${Math.round(seconds / 60)} min`;
}
