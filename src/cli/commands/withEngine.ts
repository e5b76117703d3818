import type { InitializeResult, LoadProgress } from '../../protocol/messages';
import { abortable } from '../abort';
import { logTo } from '../../protocol/log';
import type { CliContext, CliEngine } from '../cliContext';
import { usageError } from '../cliError';
import type { EngineOptions } from './engineOptions';
import { ProgressLine } from '../terminal/progressLine';
import { escapeControls } from '../terminal/terminalText';

export interface RunningEngine {
  readonly client: CliEngine;
  readonly engine: InitializeResult;
  readonly progress: ProgressLine;
}

const stageNames: Readonly<Record<LoadProgress['stage'], string>> = {
  verifying: 'Verifying the model files',
  probing: 'Trying the execution providers',
  loading: 'Loading the model',
};

/** Starts an engine, gives it to `work`, and ends its process whatever comes of it. */
export async function withEngine<T>(
  context: CliContext,
  options: EngineOptions,
  work: (running: RunningEngine) => Promise<T>,
): Promise<T> {
  const { terminal, signal } = context;
  signal.throwIfAborted();
  const progress = new ProgressLine(terminal.messages, !options.quiet);
  const modelDirectory = await context.findModel(options.model);
  const client = context.createEngine(
    {
      modelDirectory,
      executionProvider: options.executionProvider,
      threads: options.threads,
      cacheDirectory: context.cacheDirectory,
    },
    logTo((level, message) => {
      // What is logged as an error also fails the request, and is told there.
      if (options.quiet || level !== 'warn') return;
      progress.clear();
      terminal.report(`topk: ${escapeControls(message)}`);
    }),
  );
  const listening = client.onProgress(({ stage, fraction }) => {
    progress.show(`${stageNames[stage]} ${Math.round(fraction * 100)} %`);
  });
  try {
    const engine = await abortable(client.start(), signal);
    progress.clear();
    if (
      options.executionProvider !== 'auto' &&
      options.executionProvider !== engine.executionProvider &&
      !options.quiet
    ) {
      terminal.report(`topk: ${escapeControls(engine.executionProviderReason)}; using ${engine.executionProvider}.`);
    }
    return await work({ client, engine, progress });
  } finally {
    progress.clear();
    listening.dispose();
    await client.dispose();
  }
}

/** Only a loaded model says how many tokens it knows, so this bound of --top-k is checked here. */
export function requireWithinVocabulary(topK: number, engine: InitializeResult): void {
  if (topK <= engine.vocabularySize) return;
  throw usageError(
    `--top-k ${topK} is more than the vocabulary of ${engine.model} has (${engine.vocabularySize.toLocaleString('en-US')} tokens); give a number from 1 to that.`,
  );
}
