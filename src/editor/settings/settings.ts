import * as vscode from 'vscode';
import { defaultMinimumConfidence } from '../../completion/judge/showDecision';
import { secretFilePatterns } from '../../completion/snippets/secretFiles';
import { executionProviders } from '../../protocol/messages';
import {
  booleanMapSetting,
  booleanSetting,
  choiceSetting,
  integerSetting,
  numberOrNullSetting,
  numberSetting,
  type SettingDefinition,
  stringListSetting,
  stringSetting,
} from './settingDefinition';

/**
 * Languages in which Top-K speaks up by itself; "*" is every other one. Off where the model sees too little to be of use: a
 * commit message is about a change that is not in the text, and a search result is not written by hand. Plain text and
 * Markdown are on, because nothing that is typed leaves the machine.
 */
const defaultLanguages = {
  '*': true,
  scminput: false,
  'git-commit': false,
  'git-rebase': false,
  'search-result': false,
};

/** Every setting. package.json says the same once more for VS Code; a test compares the two. */
export const settings = {
  enable: booleanSetting('topK.enable', true),
  languages: booleanMapSetting('topK.languages', defaultLanguages),
  candidates: integerSetting('topK.candidates', 5, { minimum: 1, maximum: 50 }),
  alternatives: integerSetting('topK.alternatives', 3, { minimum: 0, maximum: 10 }),
  maxTokens: integerSetting('topK.maxTokens', 32, { minimum: 1, maximum: 256 }),
  multiLine: choiceSetting('topK.multiLine', 'emptyLines', ['never', 'emptyLines', 'always']),
  budgetMs: integerSetting('topK.budgetMs', 400, { minimum: 50, maximum: 5000 }),
  /** Null: the wait follows the user's own typing. */
  delayMs: numberOrNullSetting('topK.delayMs', null, { minimum: 0, maximum: 3000 }),
  minimumConfidence: numberSetting('topK.minimumConfidence', defaultMinimumConfidence, { minimum: 0, maximum: 1 }),
  comments: choiceSetting('topK.comments', 'everywhere', ['everywhere', 'onlyInComments', 'notInComments']),
  suggestItems: booleanSetting('topK.suggestItems', false),
  scoresOnMouseHover: booleanSetting('topK.scores.onMouseHover', false),
  contextOpenFiles: booleanSetting('topK.context.openFiles', true),
  contextRecentEdits: booleanSetting('topK.context.recentEdits', true),
  contextSiblings: booleanSetting('topK.context.siblings', true),
  contextDefinitions: booleanSetting('topK.context.definitions', true),
  contextWorkspaceMemory: booleanSetting('topK.context.workspaceMemory', true),
  contextClipboard: booleanSetting('topK.context.clipboard', false),
  /** Added to the list of secret files, which always holds; the default shows what is in it. */
  contextExcludedFiles: stringListSetting('topK.context.excludedFiles', secretFilePatterns),
  /** A model's directory; empty is the bundled one. */
  model: stringSetting('topK.model', ''),
  executionProvider: choiceSetting('topK.executionProvider', 'auto', executionProviders),
  /** 0: the engine chooses. */
  threads: integerSetting('topK.threads', 0, { minimum: 0, maximum: 256 }),
  /** 0: never. */
  idleUnloadMinutes: integerSetting('topK.idleUnloadMinutes', 15, { minimum: 0, maximum: 1440 }),
  onBattery: choiceSetting('topK.onBattery', 'slower', ['same', 'slower', 'onlyWhenAsked']),
} as const;

export type SettingName = keyof typeof settings;

/** The value of every setting at one place. */
export type Settings = {
  readonly [Name in SettingName]: (typeof settings)[Name] extends SettingDefinition<infer Value> ? Value : never;
};

/** A setting whose value cannot be used; its default is in force. */
export interface InvalidSetting {
  readonly key: string;
  readonly value: unknown;
  /** What is allowed, in words. */
  readonly allowed: string;
}

/**
 * Reads every setting for a document, or for none. What cannot be used counts as its default and is reported.
 * @param scope the document, which also says the language, whose overrides apply.
 */
export function readSettings(
  scope: vscode.ConfigurationScope | undefined,
  onInvalid: (invalid: InvalidSetting) => void,
): Settings {
  const configuration = vscode.workspace.getConfiguration(undefined, scope);
  const read = <Value>({ key, default: defaultValue, allowed, accepts }: SettingDefinition<Value>): Value => {
    const value = configuration.get<unknown>(key, defaultValue);
    if (accepts(value)) return value;
    onInvalid({ key, value, allowed });
    return defaultValue;
  };
  const entries = Object.entries<SettingDefinition<unknown>>(settings);
  // Built from the same table that the type is derived from.
  return Object.fromEntries(entries.map(([name, definition]) => [name, read(definition)])) as Settings;
}

/** One sentence for the log and the status item. */
export function describeInvalidSetting({ key, value, allowed }: InvalidSetting): string {
  const definition = Object.values<SettingDefinition<unknown>>(settings).find((candidate) => candidate.key === key);
  return `${key} is ${shorten(JSON.stringify(value))}; allowed: ${allowed}. ${JSON.stringify(definition?.default)} is used.`;
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
