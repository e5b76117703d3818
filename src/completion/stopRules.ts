import { cutAtBlockEnd } from './blockEnd';
import { cutAtUnopenedCloser } from './bracketBalance';
import { cutCommentSpam } from './commentSpam';
import { isProse } from './commentSyntax';
import { cutDoubledClosingLine } from './doubledClosingLine';
import { firstLineOf, isBlank } from './lines';
import { cutNextLineDuplicate } from './nextLineDuplicate';
import { fitToNextLine } from './nextLineFit';
import { cutRepetition } from './repetition';
import { removeSuffixOverlap } from './suffixOverlap';
import { cutTrailingWhitespace } from './trailingWhitespace';

/** The rules in the order in which they run. */
export const ruleNames = [
  'lineEnd',
  'repetition',
  'commentSpam',
  'blockEnd',
  'nextLineDuplicate',
  'doubledClosingLine',
  'bracketBalance',
  'suffixOverlap',
  'nextLineFit',
  'trailingWhitespace',
] as const;

/** The name of a rule, for ablations and for the reason shown to the user. */
export type RuleName = (typeof ruleNames)[number];

/** A raw completion and where it is to go. */
export interface TrimInput {
  readonly text: string;
  /** The document before the caret. */
  readonly prefix: string;
  /** The document behind the caret. */
  readonly suffix: string;
  /** Whether more than the caret's line may be completed. */
  readonly multiLine: boolean;
  /** VS Code language identifier. */
  readonly languageId?: string | undefined;
}

/** What may be shown of a completion. */
export interface TrimmedCompletion {
  /** Always a beginning of the raw text, so that its tokens and scores still line up; '' when nothing is worth showing. */
  readonly text: string;
  /** How many characters behind the caret, on its line, the text replaces. */
  readonly replaceLength: number;
  /** The rules that changed something, in order. */
  readonly applied: RuleName[];
}

type Rule = (text: string, input: TrimInput) => string | { text: string; replaceLength: number };

/**
 * Loops and spam go first, as they may hide where the block ends. Brackets are balanced before the suffix is looked at, so
 * that a closer too many is never matched with one of the document's.
 */
const rules: Record<RuleName, Rule> = {
  lineEnd: (text, { multiLine }) => (multiLine ? text : firstLineOf(text)),
  repetition: (text) => cutRepetition(text),
  commentSpam: (text, { prefix, suffix, languageId }) => cutCommentSpam(text, prefix, suffix, languageId),
  blockEnd: (text, { prefix, suffix, multiLine, languageId }) =>
    multiLine && !isProse(languageId) ? cutAtBlockEnd(text, prefix, suffix, languageId) : text,
  nextLineDuplicate: (text, { prefix, suffix }) => cutNextLineDuplicate(text, prefix, suffix),
  doubledClosingLine: (text, { prefix, suffix, languageId }) =>
    cutDoubledClosingLine(text, prefix, suffix, languageId),
  bracketBalance: (text, { prefix, languageId }) =>
    isProse(languageId) ? text : cutAtUnopenedCloser(text, prefix, languageId),
  suffixOverlap: (text, { prefix, suffix, languageId }) => removeSuffixOverlap(text, prefix, suffix, languageId),
  nextLineFit: (text, { prefix, suffix, languageId }) =>
    isProse(languageId) ? text : fitToNextLine(text, prefix, suffix, languageId),
  trailingWhitespace: (text, { suffix }) => cutTrailingWhitespace(text, suffix),
};

/**
 * Runs every rule that is not disabled over a raw completion. A text without a single visible character becomes ''.
 */
export function trimCompletion(
  input: TrimInput,
  options: { readonly disabled?: ReadonlySet<RuleName> } = {},
): TrimmedCompletion {
  const applied: RuleName[] = [];
  let { text } = input;
  let replaceLength = 0;
  for (const name of ruleNames) {
    if (text === '' || options.disabled?.has(name)) continue;
    const result = rules[name](text, input);
    const join = typeof result === 'string' ? { text: result, replaceLength } : result;
    if (join.text !== text || join.replaceLength !== replaceLength) applied.push(name);
    ({ text, replaceLength } = join);
  }
  return isBlank(text) ? { text: '', replaceLength: 0, applied } : { text, replaceLength, applied };
}
