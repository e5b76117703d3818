/** A match shorter than this is more often chance than repetition. */
const minMatch = 2;
/** Longer matches are not worth more. */
const maxMatch = 16;

/**
 * Prompt lookup: finds the longest earlier occurrence of the last tokens (the latest of equally long ones) and proposes
 * what followed it. Text that is being edited repeats itself; a wrong draft costs little, since one run checks them all.
 * Source: Saxena, "Prompt Lookup Decoding" (2023).
 *
 * @returns at most `limit` token ids; none where nothing matches.
 */
export function lookUpDraft(tokens: readonly number[], limit: number): number[] {
  const end = tokens.length;
  if (limit < 1) return [];
  let bestLength = minMatch - 1;
  let bestEnd = -1;
  for (let candidateEnd = end - 1; candidateEnd >= minMatch; candidateEnd--) {
    if (tokens[candidateEnd - 1] !== tokens[end - 1]) continue;
    let length = 1;
    while (
      length < maxMatch &&
      length < candidateEnd &&
      tokens[candidateEnd - 1 - length] === tokens[end - 1 - length]
    ) {
      length++;
    }
    if (length > bestLength) {
      bestLength = length;
      bestEnd = candidateEnd;
      if (length === maxMatch) break;
    }
  }
  return bestEnd < 0 ? [] : tokens.slice(bestEnd, Math.min(bestEnd + limit, end));
}

/** How many tokens to draft next: grows while drafts are taken whole, shrinks when they are refused at once. */
export class DraftLength {
  private length: number;

  /**
   * @param longest a draft may be, in tokens. Long ones cost more than they bring (8 tokens in one run cost about two single
   * runs), and a graph may round otherwise in a long run: the output could be another one than without drafts.
   */
  constructor(private readonly longest: number) {
    this.length = Math.min(3, longest);
  }

  get current(): number {
    return this.length;
  }

  record(drafted: number, accepted: number): void {
    if (drafted === 0) return;
    if (accepted === drafted) this.length = Math.min(this.longest, this.length * 2);
    else if (accepted === 0) this.length = Math.max(1, this.length >> 1);
    else this.length = Math.min(this.longest, Math.max(2, accepted + 1));
  }
}
