// Runs inside the extension host (as its extensionTestsPath) and answers the benchmark's questions over HTTP: what only the
// host knows about its own thread, the extension and the open document. It waits by events, never by asking again and again,
// because what it does itself is measured too.
import { once } from 'node:events';
import { renameSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { Decision } from '../../src/completion/explain/decisionLog';
import type { TopKApi } from '../../src/extension';
import { PROBE_VARIABLE } from './probeVariable';

const extensionId = 'top-k.top-k';

/** What VS Code calls. Ends when the benchmark says so. */
export async function run(): Promise<void> {
  const file = process.env[PROBE_VARIABLE];
  if (!file) throw new Error(`${PROBE_VARIABLE} names no file: the benchmark starts this.`);
  const extension = vscode.extensions.getExtension<TopKApi>(extensionId);
  if (!extension) throw new Error(`${extensionId} is not installed.`);
  const answers = new Answers(await extension.activate());
  const ended = new AbortController();
  const commands: Record<string, (input: never) => unknown> = {
    activation,
    place,
    usage,
    enable,
    wake: () => answers.wake(),
    answer: ({ text }: { text: string }) => answers.next(text),
    decisions: () => answers.take(),
    end: () => ended.abort(),
  };
  const server = createServer(async (request, response) => {
    try {
      const input = JSON.parse(await bodyOf(request)) as { command: string };
      response.end(JSON.stringify((await commands[input.command]!(input as never)) ?? null));
    } catch (error) {
      response.statusCode = 500;
      response.end(String((error as Error).stack));
    }
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  // Renamed into place, so that a reader never meets half of it.
  writeFileSync(`${file}.part`, String((server.address() as AddressInfo).port));
  renameSync(`${file}.part`, file);
  if (!ended.signal.aborted) await once(ended.signal, 'abort');
  server.close();
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
}

interface PerformanceMarks {
  getMarks(): { readonly name: string; readonly startTime: number }[];
}

/** The marks that VS Code itself sets around loading an extension's code and calling its activate(), in whole milliseconds. */
function activation(): { loadMs: number; activateMs: number } {
  const { MonacoPerformanceMarks: marks } = globalThis as unknown as { MonacoPerformanceMarks: PerformanceMarks };
  const timeOf = (step: string): number => {
    const mark = marks.getMarks().find(({ name }) => name === `code/extHost/${step}/${extensionId}`);
    if (!mark) throw new Error(`VS Code has set no mark ${step} for ${extensionId}.`);
    return mark.startTime;
  };
  return {
    loadMs: timeOf('didLoadExtensionCode') - timeOf('willLoadExtensionCode'),
    activateMs: timeOf('didActivateExtension') - timeOf('willActivateExtension'),
  };
}

/** Processor time of this thread, and the time in which its event loop was not waiting, both since it began. */
function usage(): { processorMs: number; activeMs: number } {
  const { user, system } = process.threadCpuUsage();
  return { processorMs: (user + system) / 1000, activeMs: performance.eventLoopUtilization().active };
}

async function enable({ isEnabled }: { isEnabled: boolean }): Promise<void> {
  await vscode.workspace.getConfiguration().update('topK.enable', isEnabled, vscode.ConfigurationTarget.Workspace);
}

/** The active file as it is on disk, without the text from `start` to `end`, the caret there. */
async function place({ start, end }: { start: number; end: number }): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.files.revert');
  const editor = vscode.window.activeTextEditor!;
  const at = (offset: number): vscode.Position => editor.document.positionAt(offset);
  const range = new vscode.Range(at(start), at(end));
  await editor.edit((edit) => edit.delete(range), { undoStopBefore: true, undoStopAfter: true });
  editor.selection = new vscode.Selection(range.start, range.start);
  // Setting the selection only sends it; it is there when a command that was sent after it is done.
  await vscode.commands.executeCommand('revealLine', { lineNumber: range.start.line, at: 'center' });
}

/** How the extension answered VS Code's requests. */
class Answers {
  private changedAt = 0;
  private taken: Decision[] = [];
  private readonly listeners = new Set<() => void>();

  constructor(private readonly api: TopKApi) {
    const { decisions } = api;
    // The log forgets after 50; here every one counts.
    const record = decisions.record.bind(decisions);
    decisions.record = (decision) => {
      record(decision);
      this.taken.push(decision);
      for (const listener of this.listeners) listener();
    };
    vscode.workspace.onDidChangeTextDocument(({ contentChanges }) => {
      if (contentChanges.length > 0) this.changedAt = Date.now();
    });
  }

  /** The decisions since this was last called. */
  take(): Decision[] {
    const { taken } = this;
    this.taken = [];
    return taken;
  }

  /** How the request ended that came after the last change of the text, where the caret stands behind `text`. */
  async next(text: string): Promise<Decision> {
    for (;;) {
      const last = this.taken.at(-1);
      if (last && last.outcome !== 'cancelled' && this.isOfNow(last) && textBeforeCaret().endsWith(text)) return last;
      await new Promise<void>((resolve) => {
        const listener = (): void => {
          this.listeners.delete(listener);
          resolve();
        };
        this.listeners.add(listener);
      });
    }
  }

  /** Types a character and takes it back until VS Code asks, and until the engine is there to answer. */
  async wake(): Promise<void> {
    while (!this.api.engine.isReady || this.taken.length === 0) {
      await vscode.commands.executeCommand('type', { text: '.' });
      await vscode.commands.executeCommand('deleteLeft');
      await delay(500);
    }
  }

  /** A time is a whole millisecond: the decision that ends in the millisecond of the change may be of before. */
  private isOfNow({ time, milliseconds }: Decision): boolean {
    return time - milliseconds >= this.changedAt - 1;
  }
}

function textBeforeCaret(): string {
  const editor = vscode.window.activeTextEditor!;
  const { line, character } = editor.selection.active;
  return editor.document.lineAt(line).text.slice(0, character);
}
