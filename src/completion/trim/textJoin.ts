import { isProse } from '../../text/commentSyntax';

const wordStart = /^[\p{L}\p{N}_]/u;
const wordEnd = /[\p{L}\p{N}_]$/u;
/** What may stand right before a word in prose: an opening mark, a hyphen or a slash. */
const opensProse = /[\s([{<"'`“‘«*_~#@$=|/\\-]$/u;

/** Whether a completion can stand right before the text that follows it on its line, without gluing words or statements. */
export function joinsText(text: string, rest: string, languageId?: string): boolean {
  if (!wordStart.test(rest)) return true;
  if (isProse(languageId)) return opensProse.test(text);
  return !wordEnd.test(text) && !/[;}]$/.test(text);
}
