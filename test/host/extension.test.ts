import assert from 'node:assert/strict';
import { afterEach, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import type { TopKApi } from '../../src/extension';
import { commandIds } from '../../src/editor/commands/commandIds';
import { until } from '../e2e/support/until';
import { repeated } from './support/repeated';

const extensionId = 'top-k.top-k';
let api: TopKApi;

before(async () => {
  const extension = vscode.extensions.getExtension<TopKApi>(extensionId);
  assert(extension, `${extensionId} is not installed`);
  api = await extension.activate();
});
afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

async function open(content: string, language = 'python'): Promise<vscode.TextEditor> {
  const document = await vscode.workspace.openTextDocument({ content, language });
  const editor = await vscode.window.showTextDocument(document);
  const end = document.positionAt(content.length);
  editor.selection = new vscode.Selection(end, end);
  return editor;
}

/** Types character by character, as the keyboard does. */
async function type(text: string): Promise<void> {
  for (const character of text) await vscode.commands.executeCommand('type', { text: character });
}

/** Does something while a setting of the workspace has another value. */
async function withSetting(key: string, value: unknown, work: () => Promise<void>): Promise<void> {
  const configuration = vscode.workspace.getConfiguration();
  const before = configuration.inspect(key)?.workspaceValue;
  await configuration.update(key, value, vscode.ConfigurationTarget.Workspace);
  try {
    await work();
  } finally {
    await configuration.update(key, before, vscode.ConfigurationTarget.Workspace);
  }
}

/**
 * Waits until VS Code asks for completions at the caret. In a new editor it does so only when it has had idle time, after 5
 * seconds at the latest, and never about what was typed before.
 */
async function untilAsked(): Promise<void> {
  const { latest } = api.decisions;
  const isAsked = (): boolean => api.decisions.latest !== latest;
  await until('VS Code to ask for a completion', async () => {
    await type('.');
    await vscode.commands.executeCommand('deleteLeft');
    return until('a decision', isAsked, 1_000);
  });
}

/** What is on offer at the caret. VS Code asks anew some time after every key: until then it is for where the caret was. */
function liveText(): string | undefined {
  const { live } = api.offers;
  const caret = vscode.window.activeTextEditor?.selection.active;
  if (!live || !caret?.isEqual(live.position)) return undefined;
  return live.completion.text.slice(live.typedLength);
}

/** The completion at the caret as soon as there is one; if there is none, the error tells how VS Code's last requests ended. */
function completion(timeoutMs?: number): Promise<string> {
  const probe = (): string => {
    const text = liveText();
    if (text !== undefined) return text;
    const decisions = api.decisions.newestFirst().slice(0, 8);
    const ends = decisions.map(({ latest: { time, place, outcome, reason, milliseconds } }) =>
      [new Date(time).toISOString().slice(14), place, outcome, reason.kind, milliseconds.toFixed(0)].join(' '),
    );
    throw new Error(`none; engine ${api.engine.state.kind}; ${ends.join('; ')}`);
  };
  return until('a completion', probe, timeoutMs);
}

describe('the extension in its host', () => {
  it('starts no engine by being activated, and registers every command', async () => {
    assert.equal(api.engine.state.kind, 'stopped');
    const registered = new Set(await vscode.commands.getCommands(true));
    for (const id of Object.values(commandIds)) assert(registered.has(id), `${id} is not registered`);
  });

  it('starts the engine with the first text, and completes it once it is there', async () => {
    await open(repeated);
    await untilAsked();
    await type(' val');
    const text = await completion(120_000);
    assert.match(`values:`, new RegExp(`${text}$`));
  });

  it('answers typed-through text from what is on offer', async () => {
    await open(repeated);
    await type(' val');
    const text = await completion();
    await type(text.slice(0, 2));
    await until('the rest of it', () => liveText() === text.slice(2));
    assert.equal(api.decisions.latest?.outcome, 'cached');
  });

  it('explains the completion at the caret, and nothing elsewhere', async () => {
    const editor = await open(repeated);
    await type(' val');
    await completion();
    const at = async (position: vscode.Position): Promise<string> => {
      const { uri } = editor.document;
      const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', uri, position);
      return hovers.flatMap(({ contents }) => contents.map((part) => (part as vscode.MarkdownString).value)).join('\n');
    };
    const card = await until('the card', () => at(editor.selection.active));
    assert.match(card, /Top-K/);
    assert.match(card, /rank \| candidate \|.* probability/);
    assert.equal(await at(new vscode.Position(0, 2)), '');
  });

  it('keeps the scores of what was accepted until it is edited over', async () => {
    const editor = await open(repeated);
    await type(' val');
    const text = await completion();
    const start = editor.selection.active;
    await vscode.commands.executeCommand('editor.action.inlineSuggest.trigger');
    // Accepting does nothing until the ghost text is drawn, which no API tells.
    await until('the accepted text', async () => {
      if (editor.document.lineAt(start.line).text.includes(`val${text}`)) return true;
      await vscode.commands.executeCommand('editor.action.inlineSuggest.commit');
      return false;
    });
    const hovers = async (): Promise<vscode.Hover[]> =>
      vscode.commands.executeCommand('vscode.executeHoverProvider', editor.document.uri, start.translate(0, 1));
    await until('a card over the accepted token', async () => (await hovers()).length > 0);
    await editor.edit((edit) => edit.replace(new vscode.Range(start, start.translate(0, 2)), 'XY'));
    await until('no card over edited text', async () => (await hovers()).length === 0);
  });

  it('says nothing with several carets, in excluded files, or where it is switched off', async () => {
    const editor = await open('a = 1\nb = 2\n');
    editor.selections = [new vscode.Selection(0, 5, 0, 5), new vscode.Selection(1, 5, 1, 5)];
    await type('0');
    await until('a decision', () => api.decisions.latest?.reason.kind === 'severalCarets');

    const folder = vscode.workspace.workspaceFolders![0]!.uri;
    const secret = await vscode.window.showTextDocument(vscode.Uri.joinPath(folder, '.env'));
    secret.selection = new vscode.Selection(0, 8, 0, 8);
    await type('2');
    await vscode.commands.executeCommand('editor.action.inlineSuggest.trigger');
    await until('a decision', () => api.decisions.latest?.reason.kind === 'excludedFile');
    await vscode.commands.executeCommand('workbench.action.files.revert');

    await withSetting('topK.languages', { python: false }, async () => {
      await open(repeated);
      await type(' val');
      await until('a decision', () => api.decisions.latest?.reason.kind === 'languageOff');
    });
  });

  it('completes in a file of five megabytes', async () => {
    await open(`${'# a line of no importance\n'.repeat(200_000)}${repeated}`);
    await type(' val');
    // VS Code itself is busy with such a file for seconds.
    await completion(120_000);
  });

  it('completes after a pause where the model is slower than its budget', async () => {
    await withSetting('topK.budgetMs', 50, async () => {
      await open(`${'# a line of no importance\n'.repeat(500)}${repeated}`);
      await type(' val');
      await completion(120_000);
    });
  });

  it('continues a notebook cell from the cells above it', async () => {
    const cells = [repeated.slice(0, repeated.indexOf('\n\n\n')), 'def variance(values):\n    if not'].map(
      (text) => new vscode.NotebookCellData(vscode.NotebookCellKind.Code, text, 'python'),
    );
    const notebook = await vscode.workspace.openNotebookDocument('jupyter-notebook', new vscode.NotebookData(cells));
    const shown = await vscode.window.showNotebookDocument(notebook);
    shown.selections = [new vscode.NotebookRange(1, 2)];
    await vscode.commands.executeCommand('notebook.cell.edit');
    const editor = await until('the cell editor', () =>
      vscode.window.visibleTextEditors.find(({ document }) => document === notebook.cellAt(1).document),
    );
    const end = editor.document.positionAt(editor.document.getText().length);
    editor.selection = new vscode.Selection(end, end);
    await untilAsked();
    await type(' val');
    await completion();
  });
});
