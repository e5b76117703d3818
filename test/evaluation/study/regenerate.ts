import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { EngineClient } from '../../../src/client/engineClient';
import { silentLog } from '../../../src/protocol/log';
import { bundledModel } from '../../../src/model-store/findModel';
import { cacheDirectory, homeDirectory } from '../../../src/cli/directories';
import { defaultMinimumConfidence } from '../../../src/completion/judge/showDecision';
import { ProgressLine } from '../../../src/cli/terminal/progressLine';
import {
  hitRateOverK,
  precisionAgainstShare,
  reliabilityDiagram,
} from '../../../src/evaluation/report/evaluationPlots';
import { renderPlot } from '../../../src/evaluation/report/plotSvg';
import { markedSection } from '../../../src/evaluation/report/markedSection';
import { progressBar } from '../../../src/cli/terminal/progressBar';
import { sampleCases } from '../../../src/evaluation/suite/sampleCases';
import { readSuiteFile } from '../../../src/cli/commands/suiteFile';
import { summarize } from '../../../src/evaluation/statistics/summary';
import { runStudy, type Study } from '../../../src/evaluation/study/ablationStudy';
import { RememberedAnswers } from '../../../src/evaluation/run/rememberedAnswers';
import { studyDocument } from '../../../src/evaluation/study/studyDocument';

const maxTokens = 32;

/** Colours in pictures of their own, which no page has a style sheet for; they can be read on white and on black. */
const colors = {
  text: '#808890',
  grid: '#80889060',
  quiet: '#808890',
  main: '#2f81f7',
  second: '#e0701a',
  third: '#2da44e',
};

/**
 * Runs the whole study and writes the document and its plots. What the engine answered is kept in `bench/results`, so that a
 * run that was broken off goes on, and a change of rules or thresholds needs no engine at all.
 *
 * @param root folder of the repository.
 * @param format puts Markdown into the style of the repository.
 */
export async function regenerate(
  root: string,
  argumentsGiven: readonly string[],
  format: (markdown: string) => Promise<string>,
): Promise<void> {
  const { values } = parseArgs({
    args: [...argumentsGiven],
    options: {
      suite: { type: 'string', default: 'test/evaluation/suites/test.jsonl' },
      out: { type: 'string', default: 'docs/evaluation.md' },
      limit: { type: 'string' },
      'ablation-cases': { type: 'string', default: '126' },
      'typing-cases': { type: 'string', default: '40' },
    },
  });
  const all = await readSuiteFile(path.resolve(root, values.suite));
  const cases = values.limit === undefined ? all : sampleCases(all, Number(values.limit));
  const enginePath = path.join(root, 'dist', 'engine.js');
  const modelDirectory = path.join(root, 'models', bundledModel);
  const client = new EngineClient({
    enginePath,
    initialize: {
      modelDirectory,
      executionProvider: 'cpu',
      threads: 0,
      cacheDirectory: cacheDirectory(process.platform, process.env, homeDirectory()),
    },
    log: silentLog,
  });
  const controller = new AbortController();
  process.once('SIGINT', () => controller.abort(new Error('Given up; the next run goes on from here.')));
  const progress = new ProgressLine(process.stderr, true);
  try {
    const engine = await client.start(controller.signal);
    const { model, threads } = engine;
    const version = await digest([enginePath, path.join(modelDirectory, 'manifest.json')]);
    const file = path.join(root, 'bench', 'results', 'evaluation', `answers-${version}.jsonl`);
    const answers = await RememberedAnswers.open(client, file);
    const startedAt = performance.now();
    const study = await runStudy(
      cases,
      {
        minimumConfidence: defaultMinimumConfidence,
        maxTokens,
        ablationCases: Number(values['ablation-cases']),
        typingCases: Number(values['typing-cases']),
      },
      {
        answers,
        model: engine,
        signal: controller.signal,
        onProgress: (done, total) =>
          progress.show(progressBar({ done, total, elapsedMs: performance.now() - startedAt }, 'runs')),
      },
    );
    const out = path.resolve(root, values.out);
    const plots = await writePlots(study, out);
    const document = studyDocument(study, {
      command: ['node scripts/evaluate.mjs', ...argumentsGiven].join(' '),
      suite: values.suite,
      model,
      plots,
      minimumConfidence: defaultMinimumConfidence,
      machine: `${threads} threads of ${os.cpus()[0]?.model.trim() ?? 'an unknown processor'}`,
    });
    await writeFile(out, await format(await withTrimStudy(document, out)));
  } finally {
    progress.clear();
    await client.dispose();
  }
}

/** Keeps what `npm run trim-study` wrote into the page. */
async function withTrimStudy(document: string, out: string): Promise<string> {
  const section = existsSync(out) ? markedSection(await readFile(out, 'utf8'), 'trim-study') : undefined;
  return section === undefined ? document : `${document.trimEnd()}\n\n${section}\n`;
}

async function writePlots(study: Study, out: string): Promise<{ title: string; path: string }[]> {
  const summary = summarize(study.product, { samples: 200 });
  const folder = path.join(path.dirname(out), path.basename(out, '.md'));
  await mkdir(folder, { recursive: true });
  const plots = [
    { title: 'Reliability diagram', name: 'reliability.svg', plot: reliabilityDiagram(summary) },
    {
      title: 'Precision against share shown',
      name: 'precision.svg',
      plot: precisionAgainstShare(study.product, summary),
    },
    { title: 'Top-k hit rate over k', name: 'hit-rate.svg', plot: hitRateOverK(summary) },
  ];
  for (const { name, plot } of plots) {
    const svg = await renderPlot(plot);
    const own = svg.replace(/var\(--(\w+)\)/g, (_, color: keyof typeof colors) => colors[color]);
    await writeFile(path.join(folder, name), `${own}\n`);
  }
  return plots.map(({ title, name }) => ({ title, path: `${path.basename(folder)}/${name}` }));
}

/** Answers of another engine or model are other answers. */
async function digest(files: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const file of files) hash.update(await readFile(file));
  return hash.digest('hex').slice(0, 12);
}
