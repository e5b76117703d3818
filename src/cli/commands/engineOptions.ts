import { Option, type Command } from 'commander';
import { executionProviders, type ExecutionProvider } from '../../protocol/messages';
import { nonEmpty, wholeNumber } from './optionValues';

/** Options of every command that runs a model. */
export interface EngineOptions {
  /** Name of an installed model, or a directory; the bundled one where it is not given. */
  readonly model?: string;
  readonly executionProvider: ExecutionProvider;
  /** Threads for one operator; 0 lets the engine choose. */
  readonly threads: number;
  readonly quiet?: boolean;
}

/** Above this an operator of a small model only gets slower, and thread creation may fail. */
const maximumThreads = 256;

export function addEngineOptions(command: Command): Command {
  return command
    .option('--model <name|directory>', 'model to run (default: the bundled one)', nonEmpty)
    .addOption(
      new Option('--execution-provider <name>', 'what computes: auto takes the fastest that works here')
        .choices(executionProviders)
        .default('auto'),
    )
    .option('--threads <n>', 'threads for one operator, 0 for a good guess', wholeNumber(0, maximumThreads), 0)
    .option('--quiet', 'no progress and no log messages on standard error');
}
