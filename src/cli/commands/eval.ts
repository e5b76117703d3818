import type { Command } from 'commander';
import { type AblationName, ablationNames, isAblationName } from '../../evaluation/run/ablation';
import { defaultMinimumConfidence } from '../../completion/judge/showDecision';
import type { CliContext } from '../cliContext';
import { usageError } from '../cliError';
import { addEngineOptions, type EngineOptions } from './engineOptions';
import type { JudgedCase } from '../../evaluation/judge/caseResult';
import { completerFor, type Configuration, describeConfiguration } from '../../evaluation/run/configuration';
import { evaluateCases, lineOptions } from '../../evaluation/run/evaluateCases';
import { openOutputFile } from './outputFile';
import { progressBar } from '../terminal/progressBar';
import { sampleCases } from '../../evaluation/suite/sampleCases';
import { readSuiteFile } from './suiteFile';
import { summarize } from '../../evaluation/statistics/summary';
import { summaryReport } from '../terminal/summaryReport';
import { formatCount } from '../../text/formatNumber';
import { numberBetween, wholeNumber } from './optionValues';
import { withEngine } from './withEngine';

interface EvalOptions extends EngineOptions {
  readonly limit?: number;
  readonly ablate: readonly string[];
  readonly baseline?: boolean;
  readonly minimumConfidence: number;
  readonly maxTokens: number;
  readonly typingCases: number;
  readonly json?: boolean;
  readonly report?: string;
  readonly cases?: string;
}

/** `topk eval`: completes every case of a suite as the editor would, and judges the answers against what really follows. */
export function registerEval(program: Command, context: CliContext): void {
  const command = program
    .command('eval')
    .summary('measure completions on a suite')
    .description(
      'complete every case of a suite as the editor would, and judge the answers: figures overall and for each language, with 95 % bootstrap intervals',
    )
    .argument('[suite.jsonl]', 'a suite, one case a line; test/evaluation/README.md says what a case is')
    .option('--limit <n>', 'take n cases, spread evenly over the languages (default: all)', wholeNumber(1))
    .option('--ablate <name>', 'leave a part out; repeat for more, "list" prints the names', collect, [])
    .option('--baseline', 'no context: 400 tokens of prefix and token healing only')
    .option(
      '--minimum-confidence <x>',
      'confidence from which a completion counts as shown',
      numberBetween(0, 1),
      defaultMinimumConfidence,
    )
    .option('--max-tokens <n>', 'longest completion', wholeNumber(1, 1024), 32)
    .option('--typing-cases <n>', 'cases to measure while typing as well', wholeNumber(0), 40)
    .option('--json', 'print one JSON object')
    .option('--report <file.html>', 'write a report with plots')
    .option('--cases <file.jsonl>', 'write what came of each case, one JSON object a line');
  addEngineOptions(command).action((suite: string | undefined, options: EvalOptions) =>
    evaluate(context, suite, options),
  );
}

function collect(value: string, earlier: readonly string[]): readonly string[] {
  return [...earlier, value];
}

async function evaluate(context: CliContext, suite: string | undefined, options: EvalOptions): Promise<void> {
  const { terminal, signal } = context;
  if (options.ablate.includes('list')) {
    terminal.print(ablationNames.join('\n'));
    return;
  }
  if (suite === undefined) throw usageError('Name a suite: topk eval <suite.jsonl>; see topk eval --help.');
  const configuration = configurationOf(options);
  const all = await readSuiteFile(suite);
  const cases = options.limit === undefined ? all : sampleCases(all, options.limit);
  const report = options.report === undefined ? undefined : await openOutputFile(options.report);
  const list = options.cases === undefined ? undefined : await openOutputFile(options.cases);
  try {
    const { results, model } = await withEngine(context, options, async ({ client, engine, progress }) => {
      const startedAt = performance.now();
      const results = await evaluateCases(
        cases,
        {
          completion: lineOptions(options.maxTokens),
          minimumConfidence: options.minimumConfidence,
          typingCases: options.typingCases,
        },
        {
          client,
          completer: completerFor(configuration, client, engine),
          signal,
          now: () => performance.now(),
          onProgress: (done) =>
            progress.show(
              progressBar({ done, total: cases.length, elapsedMs: performance.now() - startedAt }, 'cases'),
            ),
        },
      );
      return { results, model: `${engine.model} on ${engine.executionProvider}` };
    });
    const summary = summarize(results);
    const title = `${formatCount(cases.length, 'case')} of ${suite}, ${model}, ${describeConfiguration(configuration)}`;
    if (options.json) terminal.print(JSON.stringify({ ...summary, ...runJson(configuration, options, model) }));
    else terminal.print(summaryReport(title, summary, terminal.colors));
    await list?.write(results.map((result) => `${JSON.stringify(caseJson(result))}\n`).join(''));
    if (report) {
      const { evaluationPage } = await import('../../evaluation/report/reportPages');
      const { minimumConfidence } = options;
      await report.write(await evaluationPage({ title, summary, cases: results, minimumConfidence }));
    }
  } finally {
    await Promise.all([report?.close(), list?.close()]);
  }
}

function configurationOf({ ablate, baseline }: EvalOptions): Configuration {
  if (baseline) {
    if (ablate.length > 0) throw usageError('--baseline has nothing left to leave out; give it without --ablate.');
    return { kind: 'noContext' };
  }
  const names = new Set<AblationName>();
  for (const name of ablate) {
    if (!isAblationName(name)) {
      throw usageError(`There is no part "${name}" to leave out; --ablate takes ${ablationNames.join(', ')}.`);
    }
    names.add(name);
  }
  return { kind: 'product', ablate: names };
}

function runJson(configuration: Configuration, { minimumConfidence, maxTokens }: EvalOptions, model: string): object {
  const { kind } = configuration;
  const ablated = kind === 'product' ? [...configuration.ablate] : [];
  return { model, baseline: kind === 'noContext', ablated, minimumConfidence, maxTokens };
}

function caseJson({ case: one, ...result }: JudgedCase): object {
  const { id, language, expected } = one;
  return { id, ...(language !== undefined && { language }), expected, ...result };
}
