/** A text from another file that may help. */
export interface ContextFile {
  readonly path: string;
  readonly text: string;
}

/** What is known around the caret. */
export interface DocumentContext {
  /** Path as the user names it, relative to the workspace where there is one. */
  readonly path: string;
  /** VS Code's language identifier. */
  readonly languageId?: string | undefined;
  /** The text before the caret; its far end may be left out. */
  readonly prefix: string;
  /** The text behind the caret; its far end may be left out. */
  readonly suffix: string;
  readonly openFiles?: readonly ContextFile[] | undefined;
}
