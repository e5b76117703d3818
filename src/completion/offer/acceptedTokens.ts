import type { ScoredToken } from '../../protocol/completionPath';

/** A token that is part of a document now, at `[start, end)` in UTF-16 code units. */
export interface PlacedToken {
  readonly token: ScoredToken;
  readonly start: number;
  readonly end: number;
}

/** One replacement in a document, in offsets before it. */
export interface TextChange {
  readonly start: number;
  readonly removedLength: number;
  readonly insertedLength: number;
}

/**
 * Places the tokens of a completion that was inserted at `start`.
 * @param lineEndLength characters of a line end in the document; completions have one (`\n`).
 */
export function placeTokens(tokens: readonly ScoredToken[], start: number, lineEndLength: number): PlacedToken[] {
  let at = start;
  return tokens.map((token) => {
    const lineEnds = token.text.split('\n').length - 1;
    const placed = { token, start: at, end: at + token.text.length + lineEnds * (lineEndLength - 1) };
    at = placed.end;
    return placed;
  });
}

/** Moves tokens behind a change along with the text, and drops those that it touched. */
export function applyChange(placed: readonly PlacedToken[], change: TextChange): PlacedToken[] {
  const end = change.start + change.removedLength;
  const shift = change.insertedLength - change.removedLength;
  return placed.flatMap((entry) => {
    if (entry.end <= change.start) return [entry];
    if (entry.start >= end) return [{ ...entry, start: entry.start + shift, end: entry.end + shift }];
    return [];
  });
}
