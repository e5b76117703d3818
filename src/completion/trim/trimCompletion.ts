import { cutAtBlockEnd } from '../../text/blockEnd';
import { cutAtUnopenedCloser } from './unopenedCloser';
import { cutAtCodeFence } from './codeFence';
import { cutCommentSpam } from './commentSpam';
import { isProse } from '../../text/commentSyntax';
import type { StopReason } from '../../protocol/completionPath';
import { cutDoubledClosingLine } from './doubledClosingLine';
import { languageAt } from '../../text/embeddedLanguage';
import { cutAtInvisible } from './invisibleText';
import { firstLineOf, isBlank } from '../../text/lines';
import { cutNextLineDuplicate } from './nextLineDuplicate';
import { fitToNextLine } from './nextLineFit';
import { cutRepetition } from '../../text/repetition';
import { removeSuffixOverlap } from './suffixOverlap';
import { joinsText } from './textJoin';
import { cutTrailingWhitespace } from './trailingWhitespace';
import { cutUnfinishedEnd } from './unfinishedEnd';

/** The rules in the order in which they run. */
export const ruleNames = [
  'lineEnd',
  'invisibleText',
  'codeFence',
  'repetition',
  'commentSpam',
  'blockEnd',
  'nextLineDuplicate',
  'doubledClosingLine',
  'bracketBalance',
  'unfinishedEnd',
  'suffixOverlap',
  'nextLineFit',
  'trailingWhitespace',
  'textJoin',
  'noChange',
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
  /** Why decoding ended; without it the text is taken for whole. */
  readonly stopReason?: StopReason | undefined;
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

/** What the rules before left: of the text in the document, and which of them changed something. */
interface RuleState {
  readonly replaceLength: number;
  readonly applied: readonly RuleName[];
}

type Rule = (text: string, input: TrimInput, state: RuleState) => string | { text: string; replaceLength: number };

/**
 * Loops and spam go first, as they may hide where the block ends. Brackets are balanced before the suffix is looked at, so
 * that a closer too many is never matched with one of the document's.
 */
const rules: Record<RuleName, Rule> = {
  lineEnd: (text, { multiLine }) => (multiLine ? text : firstLineOf(text)),
  invisibleText: (text, { prefix }) => cutAtInvisible(text, prefix),
  codeFence: (text, { prefix, suffix, languageId }) => cutAtCodeFence(text, prefix, suffix, languageId),
  repetition: (text) => cutRepetition(text),
  commentSpam: (text, { prefix, suffix, languageId }) => cutCommentSpam(text, prefix, suffix, languageId),
  blockEnd: (text, { prefix, suffix, multiLine, languageId }) =>
    multiLine && !isProse(languageId) ? cutAtBlockEnd(text, prefix, suffix, languageId) : text,
  nextLineDuplicate: (text, { prefix, suffix }) => cutNextLineDuplicate(text, prefix, suffix),
  doubledClosingLine: (text, { prefix, suffix, languageId }) => cutDoubledClosingLine(text, prefix, suffix, languageId),
  bracketBalance: (text, { prefix, languageId }) =>
    isProse(languageId) ? text : cutAtUnopenedCloser(text, prefix, languageId),
  unfinishedEnd: (text, { text: raw, multiLine, ...place }) =>
    multiLine && !isProse(place.languageId) ? cutUnfinishedEnd(text, { raw, ...place }) : text,
  suffixOverlap: (text, { prefix, suffix, languageId }) => removeSuffixOverlap(text, prefix, suffix, languageId),
  nextLineFit: (text, { prefix, suffix, languageId }) =>
    isProse(languageId) ? text : fitToNextLine(text, prefix, suffix, languageId),
  trailingWhitespace: (text, { suffix }) => cutTrailingWhitespace(text, suffix),
  // A completion that was cut where the rest of the line begins joins it.
  textJoin: (text, { suffix, languageId }, { replaceLength, applied }) =>
    applied.includes('suffixOverlap') || joinsText(text, firstLineOf(suffix.slice(replaceLength)), languageId)
      ? text
      : '',
  noChange: (text, { suffix }, { replaceLength }) => (text === suffix.slice(0, replaceLength) ? '' : text),
};

/**
 * Runs every rule that is not disabled over a raw completion. A text without a single visible character becomes ''.
 */
export function trimCompletion(
  given: TrimInput,
  options: { readonly disabled?: ReadonlySet<RuleName> } = {},
): TrimmedCompletion {
  const input = { ...given, languageId: languageAt(given.prefix, given.languageId) };
  const applied: RuleName[] = [];
  let { text } = input;
  let replaceLength = 0;
  for (const name of ruleNames) {
    if (text === '' || options.disabled?.has(name)) continue;
    const result = rules[name](text, input, { replaceLength, applied });
    const join = typeof result === 'string' ? { text: result, replaceLength } : result;
    if (join.text !== text || join.replaceLength !== replaceLength) applied.push(name);
    ({ text, replaceLength } = join);
  }
  return isBlank(text) ? { text: '', replaceLength: 0, applied } : { text, replaceLength, applied };
}
