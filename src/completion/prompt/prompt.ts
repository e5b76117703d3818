import { anchorOf, type CaretAnchor } from './caretAnchor';
import type { DocumentContext } from '../../protocol/documentContext';
import { firstLineOf } from '../../text/lines';
import { longestToken } from './longestToken';
import { type ModelProfile, neutralProfile } from '../../protocol/modelProfile';
import type { FillInTheMiddle, PromptPart, SpecialTokenName } from '../../protocol/promptPart';
import { SnippetChoice } from '../snippets/snippetChoice';

/** Which parts a prompt has beside the text before the caret; all of them by default. */
export interface PromptContent {
  /** The document's path, above its text. */
  readonly path?: boolean | undefined;
  /** The lines behind the caret. */
  readonly suffix?: boolean | undefined;
  /** Passages of other files, and far ones of the document itself. */
  readonly snippets?: { readonly openFiles: boolean; readonly ownFile: boolean } | undefined;
}

export interface PromptOptions extends PromptContent {
  /** What the model's tokens hold, and how many of them the prompt may have. */
  readonly profile?: PromptProfile | undefined;
  /**
   * Set for models that were trained to fill in the middle; the others get the suffix as a block of its own. Their
   * prompt ends with a special token and is not healed: the middles of their training began anywhere in a word.
   */
  readonly fillInTheMiddle?: FillInTheMiddle | undefined;
  /** Keeps the chosen snippets between calls. Default: a new one, so they are chosen again. */
  readonly snippetChoice?: SnippetChoice;
}

export type PromptProfile = Pick<ModelProfile, 'promptBudget' | 'charactersPerToken'>;

const allSnippets = { openFiles: true, ownFile: true };

/**
 * The prompt of a document, in the order in which its parts change while the user types, so that cached rows survive:
 * similar snippets, the lines behind the caret, the path, the text before the caret. Files begin with a file separator and
 * their path, as in the training of the StarCoder family and of SmolLM (Lozhkov et al. 2024, section 5.1).
 */
export function buildPrompt(document: DocumentContext, options: PromptOptions = {}): PromptPart[] {
  const {
    profile = neutralProfile,
    fillInTheMiddle,
    snippetChoice = new SnippetChoice(),
    snippets: sources = allSnippets,
  } = options;
  const { promptBudget: budget } = profile;
  const path = options.path === false ? '' : `${document.path.replaceAll('\\', '/')}\n`;
  const anchor = anchorOf(document);
  const suffix = options.suffix === false ? '' : suffixWindow(anchor, profile);
  const snippets = snippetParts(document, { anchor, suffix, profile, snippetChoice, sources });
  const header: PromptPart[] = path === '' && snippets.length === 0 ? [] : fileHeader(path);
  const before: PromptPart = {
    kind: 'text',
    maxTokens: budget.prefixTokens,
    keep: 'end',
    text: prefixWindow(document.prefix, budget.prefixTokens * longestToken),
  };
  if (fillInTheMiddle === undefined || suffix === '') {
    const block: PromptPart[] = suffix === '' ? [] : [...fileHeader(path), textPart(suffix, budget.suffixTokens)];
    return [...snippets, ...block, ...header, before];
  }
  const behind = textPart(restOfLine(document) + suffix, budget.suffixTokens);
  const marked: PromptPart[] =
    fillInTheMiddle === 'suffixFirst'
      ? [special('fimSuffix'), behind, special('fimPrefix'), before, special('fimMiddle')]
      : [special('fimPrefix'), before, special('fimSuffix'), behind, special('fimMiddle')];
  return [...snippets, ...header, ...marked];
}

/**
 * The end of a prefix, cut at a line start, with `\n` for every line end. The cut moves in steps of a quarter of the
 * window, so that most keystrokes leave the beginning of the prompt as it was.
 */
export function prefixWindow(prefix: string, characters: number): string {
  const step = Math.max(1, characters >> 2);
  const excess = prefix.length - characters;
  let start = excess <= 0 ? 0 : Math.ceil(excess / step) * step;
  if (start > 0) {
    const lineEnd = prefix.indexOf('\n', start - 1);
    if (lineEnd >= 0 && lineEnd < start + step) start = lineEnd + 1;
  }
  return prefix.slice(start).replaceAll('\r\n', '\n');
}

/** The first whole lines behind the caret's line; they stay as they are while the user types on that line. */
function suffixWindow({ after }: CaretAnchor, { promptBudget, charactersPerToken }: PromptProfile): string {
  const characters = Math.floor(promptBudget.suffixTokens * charactersPerToken);
  const window = after.length <= characters ? after : after.slice(0, after.lastIndexOf('\n', characters - 1) + 1);
  return window.trim() === '' ? '' : window;
}

interface SnippetPlace {
  readonly anchor: CaretAnchor;
  /** What of the lines behind the caret the prompt shows. */
  readonly suffix: string;
  readonly profile: PromptProfile;
  readonly snippetChoice: SnippetChoice;
  readonly sources: NonNullable<PromptContent['snippets']>;
}

function snippetParts(
  document: DocumentContext,
  { anchor, suffix, profile, snippetChoice, sources }: SnippetPlace,
): PromptPart[] {
  const { charactersPerToken } = profile;
  const { prefixTokens, snippetTokens } = profile.promptBudget;
  const characters = Math.floor(snippetTokens * charactersPerToken);
  const snippets = snippetChoice.keepOrChooseSnippets(document, anchor, {
    characters,
    shownPrefix: Math.floor(prefixTokens * charactersPerToken),
    shownSuffix: suffix.length,
    openFiles: sources.openFiles,
    ownFile: sources.ownFile,
  });
  return snippets.flatMap(({ path, text }) => [
    ...fileHeader(`${path.replaceAll('\\', '/')}\n`),
    // Its share of the budget by its length, so that text with short tokens cannot take more than all of it.
    textPart(text, Math.ceil((snippetTokens * text.length) / characters)),
  ]);
}

function fileHeader(path: string): PromptPart[] {
  const name: PromptPart[] = path === '' ? [] : [{ kind: 'text', text: path, maxTokens: 64, keep: 'end' }];
  return [special('fileSeparator'), ...name];
}

function restOfLine({ suffix }: DocumentContext): string {
  return `${firstLineOf(suffix)}\n`;
}

function textPart(text: string, maxTokens: number): PromptPart {
  return { kind: 'text', text, maxTokens, keep: 'start' };
}

function special(token: SpecialTokenName): PromptPart {
  return { kind: 'special', token };
}
