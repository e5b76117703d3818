/**
 * The part of VS Code's API that the unit tests of src/editor need, made by hand; vitest.config.mts puts it in the place of
 * the `vscode` module. What it cannot show (focus, hovers, ghost text) is tested in the real workbench, test/e2e.
 */
import { vi } from 'vitest';
import { contributedLanguages } from './contributedLanguages';
import { EventEmitter, FileSystemError, Position, Range, RelativePattern, Uri } from './vscodeClasses';

export * from './vscodeClasses';

export const InlineCompletionTriggerKind = { Invoke: 0, Automatic: 1 };
export const EndOfLine = { LF: 1, CRLF: 2 };

export const StatusBarAlignment = { Left: 1, Right: 2 };
export const LanguageStatusSeverity = { Information: 0, Warning: 1, Error: 2 };
export const ConfigurationTarget = { Global: 1, Workspace: 2 };
export const QuickPickItemKind = { Separator: -1, Default: 0 };

/** What the tests set and look at. */
export const fake = {
  /** Values as a user wrote them, whatever their type; by full key. */
  settings: new Map<string, unknown>(),
  /** Overrides for one language. */
  languageSettings: new Map<string, Map<string, unknown>>(),
  contextKeys: new Map<string, unknown>(),
  executed: [] as { readonly command: string; readonly parameters: readonly unknown[] }[],
  openTabs: [] as unknown[],
  activeTerminal: undefined as unknown,
  /** Other extensions beside VS Code's own. */
  extensions: [] as { readonly packageJSON: unknown }[],
  /** What was written into settings.json: by the user, and of the workspace. */
  userSettings: new Map<string, unknown>(),
  workspaceSettings: new Map<string, unknown>(),
  statusBarItems: [] as Record<string, unknown>[],
  languageStatusItems: [] as Record<string, unknown>[],
  /** Files of the workspace: address and text. */
  files: new Map<string, string>(),
  /** Addresses in the order in which their files were read. */
  filesRead: [] as string[],
  activeDocument: undefined as
    | { readonly uri: Uri; readonly languageId?: string; getText?(): string; offsetAt?(place: unknown): number }
    | undefined,
  /** Where the caret is in the active document. */
  caret: new Position(0, 0),
  workspaceFolder: undefined as { readonly uri: Uri } | undefined,
  /** What commands answer. */
  commandAnswers: new Map<string, unknown>(),
  /** What the status bar said for a time. */
  statusBarMessages: [] as string[],
  notebooks: [] as unknown[],
  /** Documents that were put in front of the user. */
  shownDocuments: [] as { readonly uri: string; readonly options: unknown }[],
  /** Documents that can be opened, by address. */
  documents: new Map<string, unknown>(),
  documentChanged: new EventEmitter<unknown>(),
  documentClosed: new EventEmitter<unknown>(),
  selectionChanged: new EventEmitter<unknown>(),
  activeEditorChanged: new EventEmitter<{ readonly document: { readonly uri: Uri } } | undefined>(),
  documentSaved: new EventEmitter<{ readonly uri: Uri }>(),
  filesDeleted: new EventEmitter<{ readonly files: readonly Uri[] }>(),
  filesRenamed: new EventEmitter<{ readonly files: readonly { readonly oldUri: Uri; readonly newUri: Uri }[] }>(),
  /** Times that the configuration was asked for. */
  configurationReads: 0,
  configurationChanged: new EventEmitter<{ affectsConfiguration(section: string): boolean }>(),
  /** Index of the entry that the user takes in the next quick pick; undefined closes it. */
  quickPickChoice: undefined as number | undefined,
  reset(): void {
    for (const value of Object.values(fake)) {
      if (value instanceof Map) value.clear();
      else if (Array.isArray(value)) value.length = 0;
    }
    fake.activeDocument = undefined;
    fake.activeTerminal = undefined;
    fake.workspaceFolder = undefined;
    fake.caret = new Position(0, 0);
    fake.configurationReads = 0;
    fake.quickPickChoice = undefined;
    fake.configurationChanged.dispose();
  },
};

export const commands = {
  async executeCommand(command: string, ...parameters: unknown[]): Promise<unknown> {
    if (command === 'setContext') fake.contextKeys.set(parameters[0] as string, parameters[1]);
    else fake.executed.push({ command, parameters });
    return fake.commandAnswers.get(command);
  },
};

export const workspace = {
  getConfiguration(section?: string, scope?: { languageId?: string }) {
    fake.configurationReads++;
    return {
      get(name: string, defaultValue?: unknown): unknown {
        const key = section === undefined ? name : `${section}.${name}`;
        const own = fake.languageSettings.get(scope?.languageId ?? '');
        if (own?.has(key)) return own.get(key);
        return fake.settings.has(key) ? fake.settings.get(key) : defaultValue;
      },
      inspect(key: string) {
        return { globalValue: fake.userSettings.get(key), workspaceValue: fake.workspaceSettings.get(key) };
      },
      async update(key: string, value: unknown, target: number): Promise<void> {
        (target === ConfigurationTarget.Workspace ? fake.workspaceSettings : fake.userSettings).set(key, value);
      },
    };
  },
  getWorkspaceFolder: () => fake.workspaceFolder,
  createFileSystemWatcher: () => {
    const { event } = new EventEmitter<Uri>();
    return { onDidChange: event, onDidCreate: event, onDidDelete: event, dispose: () => {} };
  },
  openTextDocument: async (uri: Uri) => fake.documents.get(uri.toString()),
  get notebookDocuments() {
    return fake.notebooks;
  },
  onDidChangeTextDocument: fake.documentChanged.event,
  onDidCloseTextDocument: fake.documentClosed.event,
  onDidChangeConfiguration: fake.configurationChanged.event,
  onDidChangeWorkspaceFolders: new EventEmitter<void>().event,
  onDidSaveTextDocument: fake.documentSaved.event,
  onDidDeleteFiles: fake.filesDeleted.event,
  onDidRenameFiles: fake.filesRenamed.event,
  /** Knows patterns of the form `**\/{*.extension,name}`, and nothing of what to leave out. */
  findFiles: async (include: string, _exclude: string, most: number): Promise<Uri[]> => {
    const ends = include.replace(/^\*\*\/\{?|\}$/g, '').split(',');
    const isFound = (file: string) =>
      ends.some((end) => (end.startsWith('*') ? file.endsWith(end.slice(1)) : file.endsWith(`/${end}`)));
    return [...fake.files.keys()]
      .filter(isFound)
      .slice(0, most)
      .map((file) => Uri.parse(file));
  },
  asRelativePath: (uri: Uri): string => uri.path,
  fs: {
    stat: async (uri: Uri): Promise<{ size: number }> => ({ size: (await workspace.fs.readFile(uri)).length }),
    readFile: async (uri: Uri): Promise<Uint8Array> => {
      const text = fake.files.get(uri.toString());
      if (text === undefined) throw new FileSystemError(`There is no ${uri.toString()}.`);
      if (fake.filesRead.at(-1) !== uri.toString()) fake.filesRead.push(uri.toString());
      return new TextEncoder().encode(text);
    },
  },
};

function disposableItem(list: Record<string, unknown>[], id: string): Record<string, unknown> {
  const item: Record<string, unknown> = { id, text: '', show: vi.fn() };
  item['dispose'] = () => list.splice(list.indexOf(item), 1);
  list.push(item);
  return item;
}

export const window = {
  showTextDocument: async (uri: Uri, options: unknown) =>
    void fake.shownDocuments.push({ uri: uri.toString(), options }),
  createStatusBarItem: (id: string) => disposableItem(fake.statusBarItems, id),
  showQuickPick: async (items: readonly unknown[]): Promise<unknown> =>
    fake.quickPickChoice === undefined ? undefined : items[fake.quickPickChoice],
  setStatusBarMessage: (message: string) => void fake.statusBarMessages.push(message),
  tabGroups: { all: [{ tabs: fake.openTabs }] },
  get activeTerminal() {
    return fake.activeTerminal;
  },
  get activeTextEditor() {
    const selection = new Range(fake.caret, fake.caret);
    const selections = [Object.assign(selection, { active: fake.caret })];
    return fake.activeDocument && { document: fake.activeDocument, selections, selection: selections[0]! };
  },
  onDidChangeTextEditorSelection: fake.selectionChanged.event,
  onDidChangeActiveTextEditor: fake.activeEditorChanged.event,
};

export const extensions = {
  get all() {
    return [{ packageJSON: { contributes: { languages: contributedLanguages } } }, ...fake.extensions];
  },
};

export const languages = {
  createLanguageStatusItem: (id: string) => disposableItem(fake.languageStatusItems, id),
  /** Knows patterns of the form `**\/name`. */
  match: ({ pattern }: { pattern: string | RelativePattern }, { uri }: { uri: Uri }): number =>
    typeof pattern === 'string' && uri.path.endsWith(pattern.slice('**'.length)) ? 10 : 0,
};
