import type { CaretAnchor } from '../prompt/caretAnchor';
import type { ContextFile, DocumentContext } from '../../protocol/documentContext';
import { similarSnippets, type Snippet, type SnippetOptions } from './similarSnippets';

/** As many lines away, other snippets are worth what they cost. */
const farLines = 4;

interface Choice {
  readonly path: string;
  readonly openFiles: DocumentContext['openFiles'];
  /** Of the caret, from 0. */
  readonly line: number;
  readonly snippets: readonly Snippet[];
}

/**
 * The snippets of a place, kept while the caret stays near it: they stand at the beginning of the prompt, and with others
 * none of its cached rows could be used again. So a choice may go by the very line of the caret and not change with it.
 */
export class SnippetChoice {
  private last: Choice | undefined;

  /**
   * Snippets are chosen anew, and kept from then on, in another file, where open files changed, or four lines away.
   * @param options the same at every call, but for what the prompt shows around the caret.
   */
  keepOrChooseSnippets(
    { path, openFiles }: Pick<DocumentContext, 'path' | 'openFiles'>,
    anchor: CaretAnchor,
    options: SnippetOptions,
  ): readonly Snippet[] {
    const line = anchor.before.split('\n').length - 1;
    const { last } = this;
    if (last?.path === path && areSame(last.openFiles, openFiles) && Math.abs(line - last.line) < farLines) {
      return last.snippets;
    }
    const snippets = similarSnippets({ path, openFiles }, anchor, options);
    this.last = { path, openFiles, line, snippets };
    return snippets;
  }
}

/** By what they say: an editor may make them anew for every key. */
function areSame(files: readonly ContextFile[] = [], others: readonly ContextFile[] = []): boolean {
  return (
    files.length === others.length &&
    files.every(({ path, text }, index) => path === others[index]!.path && text === others[index]!.text)
  );
}
