import type { AblationName } from './ablation';
import { anchorOf, type CaretAnchor } from './caretAnchor';
import type { DocumentContext } from '../../protocol/documentContext';
import { firstLineOf } from '../../text/lines';
import { charactersPerToken, defaultPromptBudget, longestToken, type PromptBudget } from './promptBudget';
import type { FillInTheMiddle, PromptPart, SpecialTokenName } from '../../protocol/promptPart';
import { SnippetChoice } from '../snippets/snippetChoice';

export interface PromptOptions {
  readonly budget?: PromptBudget;
  /**
   * Set for models that were trained to fill in the middle; the others get the suffix as a block of its own. Their
   * prompt ends with a special token and is not healed: the middles of their training began anywhere in a word.
   */
  readonly fillInTheMiddle?: FillInTheMiddle | undefined;
  /** Keeps the chosen snippets between calls. Default: a new one, so they are chosen again. */
  readonly snippetChoice?: SnippetChoice;
  /** What an evaluation leaves out. */
  readonly ablate?: ReadonlySet<AblationName> | undefined;
}

const nothing: ReadonlySet<AblationName> = new Set();

/**
 * The prompt of a document, in the order in which its parts change while the user types, so that cached rows survive:
 * similar snippets, the lines behind the caret, the path, the text before the caret. Files begin with a file separator and
 * their path, as in the training of the StarCoder family and of SmolLM (Lozhkov et al. 2024, section 5.1).
 */
export function buildPrompt(document: DocumentContext, options: PromptOptions = {}): PromptPart[] {
  const {
    budget = defaultPromptBudget,
    fillInTheMiddle,
    snippetChoice = new SnippetChoice(),
    ablate = nothing,
  } = options;
  const path = ablate.has('path') ? '' : `${document.path.replaceAll('\\', '/')}\n`;
  const anchor = anchorOf(document);
  const suffix = ablate.has('suffixBlock') ? '' : suffixWindow(anchor, budget);
  const snippets = ablate.has('snippets')
    ? []
    : snippetParts(document, { anchor, suffix, budget, snippetChoice, ablate });
  const header: PromptPart[] = path === '' && snippets.length === 0 ? [] : fileHeader(path);
  const before: PromptPart = {
    ...{ kind: 'text', maxTokens: budget.prefixTokens, keep: 'end' },
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
function suffixWindow({ after }: CaretAnchor, { suffixTokens }: PromptBudget): string {
  const characters = Math.floor(suffixTokens * charactersPerToken);
  const window = after.length <= characters ? after : after.slice(0, after.lastIndexOf('\n', characters - 1) + 1);
  return window.trim() === '' ? '' : window;
}

interface SnippetPlace {
  readonly anchor: CaretAnchor;
  /** What of the lines behind the caret the prompt shows. */
  readonly suffix: string;
  readonly budget: PromptBudget;
  readonly snippetChoice: SnippetChoice;
  readonly ablate: ReadonlySet<AblationName>;
}

function snippetParts(
  document: DocumentContext,
  { anchor, suffix, budget, snippetChoice, ablate }: SnippetPlace,
): PromptPart[] {
  const { prefixTokens, snippetTokens } = budget;
  const characters = Math.floor(snippetTokens * charactersPerToken);
  const snippets = snippetChoice.keepOrChooseSnippets(document, anchor, {
    characters,
    shownPrefix: Math.floor(prefixTokens * charactersPerToken),
    shownSuffix: suffix.length,
    openFiles: !ablate.has('openFileSnippets'),
    ownFile: !ablate.has('ownFileSnippets'),
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
