import type { Timings } from '../protocol/messages';

/**
 * What one request took, for the log.
 * @param totalMs from the sending of the request to its answer, as seen from here.
 */
export function describeTimings(method: string, totalMs: number, timings?: Timings): string {
  const total = `${method}: ${ms(totalMs)}`;
  if (!timings) return total;
  const { queueMs, prefillTokens, reusedTokens, prefillMs, decodeMs, decodedTokens, acceptedDraftTokens } = timings;
  return [
    total,
    `queue ${ms(queueMs)}`,
    `prefill ${prefillTokens} tokens in ${ms(prefillMs)} (${reusedTokens} reused)`,
    `decode ${decodedTokens} tokens in ${ms(decodeMs)} (${acceptedDraftTokens} from drafts)`,
  ].join(', ');
}

function ms(value: number): string {
  return `${value.toFixed(value < 10 ? 1 : 0)} ms`;
}
