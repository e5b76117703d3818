/** Entry of `topk`: joins the commands with this process, its signals and the engine beside this file. */
import path from 'node:path';
import { EngineClient } from '../client/engineClient';
import { findModel } from '../model-store/findModel';
import { AbortReason } from './abort';
import { cacheDirectory, homeDirectory, workingDirectory } from './directories';
import { exitCodes } from './cliError';
import { printErrorReport, runCommandLine } from './program';
import { outputFailure, standardOutput } from './standardOutput';
import { Terminal } from './terminal/terminal';

async function main(): Promise<void> {
  const controller = new AbortController();
  const leave = (exitCode: number) => () => {
    // Asked a second time: somebody is in a hurry, and the engine ends by itself when this process is gone.
    if (controller.signal.aborted) process.exit(exitCode);
    controller.abort(new AbortReason(exitCode));
  };
  process.on('SIGINT', leave(exitCodes.interrupted));
  process.on('SIGTERM', leave(exitCodes.terminated));
  // `topk … | head` closes the pipe when it has enough: that is no failure, and nothing more is to be said.
  process.stdout.on('error', (error: NodeJS.ErrnoException) =>
    controller.abort(error.code === 'EPIPE' ? new AbortReason(exitCodes.done) : outputFailure(error)),
  );
  process.stderr.on('error', () => {});

  const terminal = new Terminal(process.stdin, standardOutput(process.stdout), process.stderr, process.env);
  process.on('uncaughtException', (error) => {
    process.exit(printErrorReport(error, terminal, controller.signal));
  });

  const home = homeDirectory();
  let exitCode = await runCommandLine(process.argv.slice(2), {
    terminal,
    signal: controller.signal,
    cacheDirectory: cacheDirectory(process.platform, process.env, home),
    findModel: (nameOrDirectory) =>
      // Without a home a `~` stays what it is, and names no folder.
      findModel(nameOrDirectory, { home: home ?? '~', workingDirectory: workingDirectory() }),
    createEngine: (initialize, log) =>
      new EngineClient({ enginePath: path.join(__dirname, 'engine.js'), initialize, log }),
  });
  await Promise.all([written(process.stdout), written(process.stderr)]);
  // A pipe may fail after the command is done.
  if (exitCode === exitCodes.done && controller.signal.aborted) {
    exitCode = printErrorReport(controller.signal.reason, terminal, controller.signal);
  }
  // Standard input may still be open, and would keep the process.
  process.exit(exitCode);
}

/** Waits until a stream has handed on what was written: a pipe takes a large text in pieces. */
function written(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => stream.write('', () => resolve()));
}

void main();
