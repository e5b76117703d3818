import * as vscode from 'vscode';

interface LanguageContribution {
  readonly id?: unknown;
  readonly aliases?: unknown;
}

/**
 * A language as VS Code names it ("Python" for `python`): the first alias that an extension gives it, or else its identifier.
 * VS Code's API knows identifiers only.
 */
export function languageName(languageId: string): string {
  for (const { packageJSON } of vscode.extensions.all) {
    const { contributes } = packageJSON as { readonly contributes?: { readonly languages?: unknown } };
    const languages = Array.isArray(contributes?.languages) ? (contributes.languages as LanguageContribution[]) : [];
    for (const { id, aliases } of languages) {
      const [name] = id === languageId && Array.isArray(aliases) ? (aliases as unknown[]) : [];
      if (typeof name === 'string' && name !== '') return name;
    }
  }
  return languageId;
}
