import type { Command } from 'commander';
import { Completer } from '../../completion/completer';
import type { CliContext } from '../cliContext';
import { addEngineOptions, type EngineOptions } from './engineOptions';
import { candidateCosts } from '../../evaluation/run/candidateCost';
import { chooseKFigures, type CostPoint } from '../../evaluation/statistics/chooseKFigures';
import { chooseKReport } from '../terminal/chooseKReport';
import { documentOf, rememberedFiles } from '../../evaluation/run/evaluateCase';
import { lineOptions } from '../../evaluation/run/evaluateCases';
import { hitCurve } from '../../evaluation/statistics/hitCurve';
import { openOutputFile } from './outputFile';
import { percentile } from '../../evaluation/statistics/percentile';
import { progressBar } from '../terminal/progressBar';
import { sampleCases } from '../../evaluation/suite/sampleCases';
import type { EvaluationCase } from '../../evaluation/suite/suite';
import { readSuiteFile } from './suiteFile';
import { formatCount } from '../../text/formatNumber';
import { wholeNumber } from './optionValues';
import { type RunningEngine, requireWithinVocabulary, withEngine } from './withEngine';

interface ChooseKOptions extends EngineOptions {
  readonly maxK: number;
  readonly limit?: number;
  readonly latencyCases: number;
  readonly json?: boolean;
  readonly report?: string;
}

/** Where the costs are measured; between them they grow evenly. */
const measuredK = [1, 2, 3, 5, 10, 20, 30, 50, 100, 200, 500];
const largestK = 1000;

/** `topk choose-k`: what a longer list of candidates would reach, what it would cost, and how long it should be. */
export function registerChooseK(program: Command, context: CliContext): void {
  const command = program
    .command('choose-k')
    .summary('find how many candidates to show')
    .description(
      'find out how many candidates are worth showing: hit rate, reachable lines and cost from k = 1 on, and the knee',
    )
    .argument('<suite.jsonl>', 'a suite, one case a line; test/evaluation/README.md says what a case is')
    .option('--max-k <n>', 'largest k', wholeNumber(1, largestK), 50)
    .option('--limit <n>', 'take n cases, spread evenly over the languages (default: all)', wholeNumber(1))
    .option('--latency-cases <n>', 'cases to measure the latency of each k on', wholeNumber(1), 12)
    .option('--json', 'print one JSON object')
    .option('--report <file.html>', 'write a report with plots');
  addEngineOptions(command).action((suite: string, options: ChooseKOptions) => chooseK(context, suite, options));
}

async function chooseK(context: CliContext, suite: string, options: ChooseKOptions): Promise<void> {
  const { terminal, signal } = context;
  const { limit, maxK } = options;
  const all = await readSuiteFile(suite);
  const cases = limit === undefined ? all : sampleCases(all, limit);
  const report = options.report === undefined ? undefined : await openOutputFile(options.report);
  try {
    const { figures, model } = await withEngine(context, options, async (running) => {
      const { engine } = running;
      requireWithinVocabulary(maxK, engine);
      const { ranks, latencies } = await measure(cases, options, running, signal);
      const costs = candidateCosts(engine.vocabularySize, [...latencies.keys()], () => performance.now());
      const cost = [...latencies].map(([k, times]): CostPoint => ({
        k,
        candidateMs: costs.get(k)!,
        latencyMs: percentile(times, 0.5),
      }));
      const curve = hitCurve(ranks, maxK);
      return {
        figures: chooseKFigures(cases.length, curve, cost),
        model: `${engine.model} on ${engine.executionProvider}`,
      };
    });
    const title = `Which k? ${formatCount(cases.length, 'case')} of ${suite}, ${model}`;
    if (options.json) terminal.print(JSON.stringify({ ...figures, model }));
    else terminal.print(chooseKReport(title, figures, terminal.colors));
    if (report) {
      const { chooseKPage } = await import('../../evaluation/report/reportPages');
      await report.write(await chooseKPage(title, figures));
    }
  } finally {
    await report?.close();
  }
}

interface Measurements {
  /** For each case, the rank of each expected token. */
  readonly ranks: readonly (readonly number[])[];
  /** Times of answers for each measured k, growing. */
  readonly latencies: ReadonlyMap<number, readonly number[]>;
}

async function measure(
  cases: readonly EvaluationCase[],
  { latencyCases, maxK }: ChooseKOptions,
  { client, engine, progress }: RunningEngine,
  signal: AbortSignal,
): Promise<Measurements> {
  const completer = new Completer(client, {
    fillInTheMiddle: () => engine.fillInTheMiddle,
    profile: () => engine.profile,
  });
  const timed = new Set(sampleCases(cases, latencyCases));
  const growing = [...new Set([...measuredK.filter((k) => k < maxK), maxK])];
  const latencies = new Map(growing.map((k) => [k, [] as number[]]));
  const ranks: (readonly number[])[] = [];
  const startedAt = performance.now();
  for (const one of cases) {
    signal.throwIfAborted();
    progress.show(
      progressBar({ done: ranks.length, total: cases.length, elapsedMs: performance.now() - startedAt }, 'cases'),
    );
    const document = documentOf(one);
    await client.rememberFiles({ replaceAll: true, files: rememberedFiles(one) }, { signal });
    const prompt = completer.promptOf(document);
    const params = { prompt: prompt.parts, expected: one.expected };
    ranks.push((await client.scoreContinuation(params, { signal })).ranks);
    if (!timed.has(one)) continue;
    // The first k must not pay for the prompt.
    await completer.warmPrompt(prompt, { signal });
    for (const k of growing) {
      const askedAt = performance.now();
      await completer.complete(document, { ...lineOptions(32), topK: k }, { signal });
      latencies.get(k)!.push(performance.now() - askedAt);
    }
  }
  return { ranks, latencies };
}
