import { debuglog } from 'node:util';
import { Command } from 'commander';
import { version } from '../../package.json';
import type { CliContext } from './cliContext';
import { exitCodes } from './cliError';
import { registerChooseK } from './commands/chooseK';
import { registerComplete } from './commands/complete';
import { registerDoctor } from './commands/doctor';
import { reportError } from './errorReport';
import { registerEval } from './commands/eval';
import { registerScore } from './commands/score';
import type { Terminal } from './terminal/terminal';
import { escapeControls } from './terminal/terminalText';

const debug = debuglog('topk');

/**
 * Runs one command line (without the program's own name).
 * @returns the exit code; errors have been told on standard error.
 */
export async function runCommandLine(commandLine: readonly string[], context: CliContext): Promise<number> {
  try {
    await createProgram(context).parseAsync(commandLine, { from: 'user' });
    return exitCodes.done;
  } catch (error) {
    return printErrorReport(error, context.terminal, context.signal);
  }
}

/** Tells an error on standard error, in one sentence at most; returns the exit code that it means. */
export function printErrorReport(error: unknown, terminal: Terminal, signal: AbortSignal): number {
  debug('%O', error);
  const { exitCode, message } = reportError(error, signal);
  if (message !== undefined) printError(terminal, message);
  return exitCode;
}

function createProgram(context: CliContext): Command {
  const { terminal } = context;
  const program = new Command('topk')
    .description(
      'Completes text with a language model on this machine, and shows the candidates it weighed for every token.',
    )
    .version(version)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.output.write(text),
      writeErr: (text) => terminal.messages.write(text),
      getOutHelpWidth: () => terminal.width,
      getErrHelpWidth: () => terminal.width,
      outputError: (text) => printError(terminal, usageSentence(text)),
    });
  registerComplete(program, context);
  registerScore(program, context);
  registerEval(program, context);
  registerChooseK(program, context);
  registerDoctor(program, context);
  return program;
}

/** Commander's complaint, `error: …` with a hint in a second line, as one sentence of ours. */
function usageSentence(complaint: string): string {
  const sentence = complaint.replace(/^error: /, '').trimEnd();
  return sentence.endsWith('.') ? sentence : `${sentence}; see topk --help.`;
}

function printError(terminal: Terminal, message: string): void {
  const lines = message.split('\n').map(escapeControls).join(' ');
  terminal.report(`${terminal.messageColors.red('topk:')} ${lines}`);
}
