import type { Command } from 'commander';
import { abortable } from '../abort';
import type { CliContext } from '../cliContext';
import { failure } from '../cliError';
import { addEngineOptions, type EngineOptions } from './engineOptions';
import { wholeNumber } from './optionValues';
import { scoreReport } from '../terminal/scoreReport';
import { readSourceFile, readStandardInput } from './sourceText';
import { scoreJson } from '../terminal/tokenJson';
import { escapeControls } from '../terminal/terminalText';
import { requireWithinVocabulary, withEngine } from './withEngine';

interface ScoreOptions extends EngineOptions {
  readonly topK: number;
  readonly json?: boolean;
}

/** Some minutes of work on two cores; every token runs through the model, and its candidates are held in memory. */
const maximumScoreBytes = 256 * 1024;

/** `topk score`: how surprising each token of an existing text is to the model, and what it would have put there. */
export function registerScore(program: Command, context: CliContext): void {
  const command = program
    .command('score')
    .summary('score every token of a text')
    .description('score every token of a text: bits, rank, and the candidates')
    .argument('<file>', 'a text file of at most 256 kB; - for standard input')
    .option('--top-k <n>', 'candidates to show for each token', wholeNumber(1), 5)
    .option('--json', 'print one JSON object');
  addEngineOptions(command).action((file: string, options: ScoreOptions) => score(context, file, options));
}

async function score(context: CliContext, file: string, options: ScoreOptions): Promise<void> {
  const { terminal, signal } = context;
  const text =
    file === '-'
      ? await abortable(readStandardInput(terminal.input, maximumScoreBytes), signal)
      : await readSourceFile(file, maximumScoreBytes);
  if (text === '') {
    throw failure(`${file === '-' ? 'Standard input' : escapeControls(file)} is empty; there is nothing to score.`);
  }
  const result = await withEngine(context, options, ({ client, engine, progress }) => {
    requireWithinVocabulary(options.topK, engine);
    return client.score(
      { text, topK: options.topK },
      {
        signal,
        onProgress: ({ scoredTokens, totalTokens }) => progress.show(`Scored ${scoredTokens} of ${totalTokens} tokens`),
      },
    );
  });
  if (options.json) terminal.print(JSON.stringify(scoreJson(result)));
  else terminal.print(scoreReport(text, result, { colors: terminal.colors, width: terminal.width }));
}
