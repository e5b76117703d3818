import { indentationOf } from '../../text/blockEnd';
import { scanBrackets, scanWindow } from '../../text/bracketScan';
import { isClosingLine } from '../../text/closingLine';
import type { StopReason } from '../../protocol/completionPath';
import { isBlank, lastLineOf, linesOf, textBeforeLine } from '../../text/lines';

/** Decoding that ended so was broken off, wherever the line stood. */
const brokenOff: readonly (StopReason | undefined)[] = ['max tokens', 'budget'];

/** A completion of several lines and how it came to end. */
export interface EndInput {
  readonly prefix: string;
  readonly suffix: string;
  /** The completion as it was decoded. */
  readonly raw: string;
  readonly stopReason?: StopReason | undefined;
  readonly languageId?: string | undefined;
}

/**
 * Cuts a completion of several lines back to where it can stand: before a last line that decoding broke off, and before
 * the line that opens a bracket or string which neither the completion nor the document behind it closes. Where that is the
 * first line, the first line alone stays, as a completion of one line.
 */
export function cutUnfinishedEnd(text: string, { prefix, suffix, raw, stopReason, languageId }: EndInput): string {
  let finished = text;
  const isRawEnd = text.trimEnd().length === raw.trimEnd().length && !isBlank(lastLineOf(raw));
  if (isRawEnd && brokenOff.includes(stopReason)) {
    const lines = linesOf(text);
    if (lines.length > 1) finished = textBeforeLine(text, lines, lines.length - 1);
  }
  const lines = linesOf(finished);
  if (lines.length === 1) return finished;
  const { openedAt, owed, openQuote } = scanBrackets(prefix, finished, languageId);
  const isClosedBelow = openQuote === undefined && closersOf(suffix, languageId) >= owed.length;
  if (openedAt === undefined || isClosedBelow) return finished;
  const line = lines.findLastIndex(({ start }) => start <= openedAt);
  const opening = line === 0 ? lastLineOf(prefix) + lines[0]!.text : lines[line]!.text;
  const last = lines.findLast(({ text: each }) => !isBlank(each))!.text;
  // A closing line as deep as the opener: the bracket was read wrong, in a string or pattern.
  if (isClosingLine(last) && indentationOf(last) <= indentationOf(opening)) return finished;
  return textBeforeLine(finished, lines, Math.max(1, line));
}

/** How many brackets the suffix closes that it does not open itself. */
function closersOf(suffix: string, languageId: string | undefined): number {
  if (suffix.length > scanWindow) return 0;
  return scanBrackets('', suffix, languageId).closers.filter(({ opener }) => opener === 'none').length;
}
