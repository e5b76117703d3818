import type { LogMessage } from '../protocol/engineLog';

export type Log = (message: LogMessage) => void;

/** A request that took longer is worth a line: nobody who types waits for it. */
const slowMs = 1_000;

/** Waits for a request, and logs what it took where that was long. */
export async function loggedWhenSlow<Result>(log: Log, name: string, work: () => Promise<Result>): Promise<Result> {
  const startedAt = performance.now();
  try {
    return await work();
  } finally {
    const milliseconds = performance.now() - startedAt;
    if (milliseconds >= slowMs) {
      log({ level: 'debug', tag: 'slow', message: `${name} took ${Math.round(milliseconds)} ms, waiting included` });
    }
  }
}

/** Memory of this process, for a log. */
export function memoryInUse(): string {
  return `${Math.round(process.memoryUsage.rss() / 2 ** 20)} MB in use`;
}
