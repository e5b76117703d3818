import path from 'node:path';
import type { Command } from 'commander';
import { Completer } from '../../completion/completer';
import { abortable } from '../abort';
import { parseCaretPlace, splitAtCaret, type SplitText } from './caretPlace';
import type { CliContext } from '../cliContext';
import { workingDirectory } from '../directories';
import { completionReport } from '../terminal/completionReport';
import { addEngineOptions, type EngineOptions } from './engineOptions';
import { formatCount } from '../../text/formatNumber';
import { languageId, wholeNumber } from './optionValues';
import { languageIdOfFile } from '../../text/languageIds';
import { readSourceFile, readStandardInput } from './sourceText';
import { completionJson } from '../terminal/tokenJson';
import { requireWithinVocabulary, withEngine } from './withEngine';

interface CompleteOptions extends EngineOptions {
  readonly topK: number;
  readonly alternatives: number;
  readonly maxTokens: number;
  readonly language?: string;
  readonly multiLine?: boolean;
  readonly budgetMs: number;
  readonly json?: boolean;
  readonly promptLookup: boolean;
  readonly tokenHealing: boolean;
}

interface Source extends SplitText {
  readonly path: string;
  readonly languageId: string | undefined;
}

/** What the context of every model has room for beside the prompt. */
const maximumTokens = 1024;

/** `topk complete`: what the model would write at a place in a file, and what it weighed for each token. */
export function registerComplete(program: Command, context: CliContext): void {
  const command = program
    .command('complete')
    .summary('complete the text at a place in a file')
    .description(
      'complete the text at a place in a file, with the candidates of each token. The model sees this file only: in an editor it also sees open files and what it remembers of the workspace, and may answer otherwise.',
    )
    .argument('<file:line:column>', 'the caret, counted from 1 as editors do; - completes a prefix from standard input')
    .option('--top-k <n>', 'candidates to show for each token', wholeNumber(1), 5)
    .option('--alternatives <n>', 'other completions to show', wholeNumber(0, 50), 3)
    .option('--max-tokens <n>', 'longest completion', wholeNumber(1, maximumTokens), 32)
    .option('--language <id>', "VS Code's identifier of the language (default: by the file's name)", languageId)
    .option('--multi-line', 'go on past the end of the line')
    .option('--budget-ms <n>', 'show what is there after this time, 0 for no limit', wholeNumber(0), 0)
    .option('--json', 'print one JSON object')
    .option('--no-prompt-lookup', 'draft no tokens from the text itself (same completion, slower)')
    .option('--no-token-healing', 'take the last typed token as it stands (worse completions)');
  addEngineOptions(command).action((place: string, options: CompleteOptions) => complete(context, place, options));
}

async function complete(context: CliContext, argument: string, options: CompleteOptions): Promise<void> {
  const source = await readSource(context, argument, options);
  const { terminal, signal } = context;
  const { topK, alternatives, maxTokens, budgetMs, promptLookup, tokenHealing } = options;
  const completion = await withEngine(context, options, ({ client, engine, progress }) => {
    requireWithinVocabulary(topK, engine);
    return new Completer(client, {
      fillInTheMiddle: () => engine.fillInTheMiddle,
      profile: () => engine.profile,
    }).complete(
      source,
      { topK, alternatives, maxTokens, multiLine: options.multiLine ?? false, budgetMs, promptLookup, tokenHealing },
      { signal, onProgress: ({ tokens }) => progress.show(formatCount(tokens.length, 'token')) },
    );
  });
  if (options.json) terminal.print(JSON.stringify(completionJson(completion)));
  else terminal.print(completionReport(source, completion, { colors: terminal.colors, width: terminal.width }));
}

async function readSource(context: CliContext, argument: string, options: CompleteOptions): Promise<Source> {
  if (argument !== '-') {
    const place = parseCaretPlace(argument);
    return {
      path: promptPath(place.path, workingDirectory()),
      languageId: options.language ?? languageIdOfFile(place.path),
      ...splitAtCaret(await readSourceFile(place.path), place),
    };
  }
  const { terminal, signal } = context;
  if (terminal.input.isTTY && !options.quiet) {
    terminal.report('Type the text to complete, then end it with Ctrl-D (Ctrl-Z and Enter on Windows).');
  }
  const prefix = await abortable(readStandardInput(terminal.input), signal);
  return { path: '', languageId: options.language, prefix, suffix: '' };
}

/** The path as the model is told it: from here where the file lies below, else its name alone; folders of a machine mislead. */
function promptPath(file: string, here: string | undefined): string {
  if (here === undefined) return path.basename(file);
  const relative = path.relative(here, path.resolve(here, file));
  return relative.startsWith('..') || path.isAbsolute(relative) ? path.basename(file) : relative;
}
