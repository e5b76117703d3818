import { distance } from 'fastest-levenshtein';

/** The part of a completion that is judged against the rest of the line: its first line, without space at the end. */
export function judgedLine(completion: string): string {
  return (completion.split(/\r\n|\r|\n/, 1)[0] as string).trimEnd();
}

/** Whether the first line of a completion is the expected rest of the line; space at the end of either is ignored. */
export function exactMatch(completion: string, expected: string): boolean {
  return judgedLine(completion) === expected.trimEnd();
}

/**
 * Share of the expected characters (UTF-16 units, without space at the end) that are right before the first miss, 0 to 1.
 * A completion that is right and goes on has 1. An expected text of only space is matched by an empty line alone.
 */
export function prefixShare(completion: string, expected: string): number {
  const line = judgedLine(completion);
  const wanted = expected.trimEnd();
  if (wanted === '') return line === '' ? 1 : 0;
  let right = 0;
  while (right < wanted.length && wanted[right] === line[right]) right++;
  return right / wanted.length;
}

/** 1 minus the Levenshtein distance over the length of the longer text (UTF-16 units), 0 to 1; 1 for two empty texts. */
export function editSimilarity(completion: string, expected: string): number {
  const line = judgedLine(completion);
  const wanted = expected.trimEnd();
  const longer = Math.max(line.length, wanted.length);
  return longer === 0 ? 1 : 1 - distance(line, wanted) / longer;
}
