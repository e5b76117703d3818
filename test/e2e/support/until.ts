import { setTimeout as pause } from 'node:timers/promises';

const POLL_MS = 25;

/**
 * Asks again and again until the probe answers with something truthy, and returns that.
 * An error of the probe counts as "not yet"; the last one is the cause of the error thrown at the deadline.
 * @throws after timeoutMs (60 s by default), naming `what` and the last answer.
 */
export async function until<T>(
  what: string,
  probe: () => T | Promise<T>,
  timeoutMs = 60_000,
): Promise<Exclude<T, false | null | undefined | '' | 0>> {
  const deadline = performance.now() + timeoutMs;
  let answer: unknown;
  let cause: unknown;
  for (;;) {
    try {
      answer = await probe();
      cause = undefined;
      if (answer) return answer as Exclude<T, false | null | undefined | '' | 0>;
    } catch (error) {
      cause = error;
    }
    if (performance.now() > deadline) {
      const last = cause === undefined ? JSON.stringify(answer) : `the error ${String(cause)}`;
      const error = new Error(`Waited ${timeoutMs} ms for: ${what}. The last answer was ${last}.`, { cause });
      Error.captureStackTrace(error, until); // a reader wants to see who waited
      throw error;
    }
    await pause(POLL_MS);
  }
}
