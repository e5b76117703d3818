import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Command } from 'commander';
import type { CompleteResult, InitializeResult, ProviderProbe } from '../../protocol/messages';
import { verifyModel } from '../../model-store/verifyModel';
import type { CliContext, CliEngine } from '../cliContext';
import { CliError, exitCodes } from '../cliError';
import { checkLine, providerTable } from '../terminal/doctorReport';
import { addEngineOptions, type EngineOptions } from './engineOptions';
import { reportError } from '../errorReport';
import { formatBytes, formatCount, formatDuration } from '../../text/formatNumber';
import { ProgressLine } from '../terminal/progressLine';
import { withEngine } from './withEngine';

/** Prose that goes on, so that the decoder is not done after a few tokens. */
const timedText =
  'The lighthouse stood on the last rock of the coast, and nobody had lived in it for many years. In summer, children ' +
  'from the village rowed out to it, climbed the stairs and looked for ships. In winter the sea was too rough, and the ' +
  'only visitors were the gulls. One autumn evening, when the fishermen came home, they saw that a lamp was burning behind ' +
  'the windows, and by the next morning everybody in the village had a story about it. The baker said that the old keeper ' +
  'had come back. The teacher said that somebody from the city had bought the tower, and that he would';
const timedPromptTokens = 128;
const timedDecodeTokens = 16;

/** `topk doctor`: what this machine is, what works on it and how fast; fails when something that is needed does not. */
export function registerDoctor(program: Command, context: CliContext): void {
  const command = program
    .command('doctor')
    .summary('check this machine and the model')
    .description('check the platform, the model files and the execution providers, and time a run');
  addEngineOptions(command).action((options: EngineOptions) => doctor(context, options));
}

async function doctor(context: CliContext, options: EngineOptions): Promise<void> {
  const { terminal, signal } = context;
  let failures = 0;
  const tell = (name: string, isFine: boolean, detail: string): void => {
    if (!isFine) failures++;
    terminal.print(checkLine(name, isFine, detail, terminal.colors));
  };
  /** A check that failed is a line of the report, and the next one is made all the same. */
  const check = async (name: string, work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      if (signal.aborted) throw error;
      tell(name, false, reportError(error, signal).message ?? String(error));
    }
  };
  const cores = os.availableParallelism();
  tell(
    'platform',
    true,
    `${process.platform} ${process.arch}, ${formatCount(cores, 'CPU core')}, ${formatBytes(os.totalmem())} memory`,
  );
  tell('node', true, process.versions.node);
  await check('model', async () => tell('model', true, await verifiedModel(context, options)));
  await check('engine', () =>
    withEngine(context, options, async ({ client, engine, progress }) => {
      tell('engine', true, engineDetail(engine));
      await check('providers', async () => {
        progress.show('Trying the execution providers');
        const probes = await client.probeProviders();
        progress.clear();
        tellProviders(tell, probes, engine, options);
        terminal.print(providerTable(probes));
      });
      await check('timed run', async () => tell('timed run', true, timedRunDetail(await timedRun(client, signal))));
    }),
  );
  // Every failure has its line in the report.
  if (failures > 0)
    throw new CliError(`${formatCount(failures, 'check')} failed; see the lines marked ✗.`, exitCodes.failure);
}

/** Every file is hashed here: what earlier runs remember would not notice a bad disk. */
async function verifiedModel(context: CliContext, options: EngineOptions): Promise<string> {
  const directory = await context.findModel(options.model);
  const progress = new ProgressLine(context.terminal.messages, !options.quiet);
  const nothingKnown = await mkdtemp(path.join(os.tmpdir(), 'topk-doctor-'));
  try {
    const manifest = await verifyModel(directory, {
      cacheDirectory: nothingKnown,
      signal: context.signal,
      onProgress: (fraction) => progress.show(`Verifying the model files ${Math.round(fraction * 100)} %`),
    });
    const bytes = manifest.files.reduce((sum, file) => sum + file.bytes, 0);
    return `${manifest.name}, ${formatCount(manifest.files.length, 'file')} of ${formatBytes(bytes)} verified, in ${directory}`;
  } finally {
    progress.clear();
    await rm(nothingKnown, { recursive: true, force: true });
  }
}

function engineDetail(engine: InitializeResult): string {
  return (
    `ONNX Runtime ${engine.onnxruntimeVersion}, ${formatCount(engine.threads, 'thread')}, loaded in ` +
    `${formatDuration(engine.loadMs)}, vocabulary ${engine.vocabularySize.toLocaleString('en-US')}, context ${engine.contextLength}`
  );
}

function tellProviders(
  tell: (name: string, isFine: boolean, detail: string) => void,
  probes: readonly ProviderProbe[],
  engine: InitializeResult,
  { executionProvider: wish }: EngineOptions,
): void {
  const isMet = wish === 'auto' || wish === engine.executionProvider;
  const isAnyUsable = probes.some(({ usable }) => usable);
  tell('providers', isMet && isAnyUsable, `${engine.executionProvider} in use (${engine.executionProviderReason})`);
}

/** Prefill and decode of a fixed text, without drafts, so that two machines can be compared. */
function timedRun(client: CliEngine, signal: AbortSignal): Promise<CompleteResult> {
  return client.complete(
    {
      prompt: [{ kind: 'text', text: timedText, maxTokens: timedPromptTokens, keep: 'end' }],
      topK: 5,
      alternatives: 0,
      maxTokens: timedDecodeTokens,
      multiLine: false,
      budgetMs: 0,
      promptLookup: false,
      tokenHealing: false,
    },
    { signal },
  );
}

function timedRunDetail({ timings }: CompleteResult): string {
  const { prefillTokens, prefillMs, decodedTokens, decodeMs } = timings;
  return (
    `prefill of ${formatCount(prefillTokens, 'token')} ${formatDuration(prefillMs)}, ` +
    `decode of ${formatCount(decodedTokens, 'token')} ${formatDuration(decodeMs)} (${formatDuration(decodeMs / decodedTokens)} each)`
  );
}
