import * as vscode from 'vscode';
import { extensionOf } from './textFile';

/** Files that help each other: those of a language and of its relatives. */
export interface FileKind {
  /** Finds them in a workspace; equal for equal kinds. */
  readonly glob: string;
  includes(path: string): boolean;
}

/** Languages whose files use each other's names, as a header and its sources do. */
const relatives: readonly (readonly string[])[] = [
  ['c', 'cpp', 'cuda-cpp', 'objective-c', 'objective-cpp'],
  ['javascript', 'javascriptreact'],
  ['typescript', 'typescriptreact'],
];
/** Of a language that says nothing about a file, only the extension does. */
const unspecific: ReadonlySet<string> = new Set(['plaintext', 'log', 'search-result', 'code-text-binary']);

interface LanguageContribution {
  readonly id: string;
  readonly extensions?: readonly string[];
  readonly filenames?: readonly string[];
}

/** The kind of a document by its language, and by its own extension; undefined where neither says anything. */
export function kindOf({ uri, languageId }: Pick<vscode.TextDocument, 'uri' | 'languageId'>): FileKind | undefined {
  const ids = relatives.find((family) => family.includes(languageId)) ?? [languageId];
  const languages = contributedLanguages().filter(({ id }) => ids.includes(id) && !unspecific.has(id));
  const extensions = distinctNames([
    extensionOf(uri.path),
    ...languages.flatMap((language) => language.extensions ?? []),
  ]);
  const fileNames = distinctNames(languages.flatMap((language) => language.filenames ?? []));
  const patterns = [...extensions.map((extension) => `*${extension}`), ...fileNames];
  if (patterns.length === 0) return undefined;
  return {
    glob: patterns.length === 1 ? `**/${patterns[0]}` : `**/{${patterns.join(',')}}`,
    includes: (path) => {
      const name = path.slice(path.lastIndexOf('/') + 1);
      return fileNames.includes(name) || extensions.some((extension) => name.endsWith(extension));
    },
  };
}

/** Sorted; without what a glob pattern would take for more than a name. */
function distinctNames(names: readonly string[]): string[] {
  return [...new Set(names)].filter((name) => /^[\w.+-]+$/.test(name)).toSorted();
}

function contributedLanguages(): LanguageContribution[] {
  return vscode.extensions.all.flatMap(({ packageJSON }) => {
    const { contributes } = packageJSON as { contributes?: { languages?: readonly LanguageContribution[] } };
    return contributes?.languages ?? [];
  });
}
