import { Emitter } from 'vscode-jsonrpc';
import { fullCapabilities } from '../../support/capabilities';
import { fittedProfile } from '../../support/fittedProfile';
import type { Log } from '../../../src/protocol/log';
import type { CliContext, CliEngine } from '../../../src/cli/cliContext';
import { runCommandLine } from '../../../src/cli/program';
import { type InputStream, Terminal } from '../../../src/cli/terminal/terminal';
import type { CompletionPath, ScoredToken } from '../../../src/protocol/completionPath';
import type { FillInTheMiddle } from '../../../src/protocol/promptPart';
import { EngineError } from '../../../src/protocol/engineError';
import type {
  CompleteParams,
  CompleteResult,
  InitializeParams,
  InitializeResult,
  LoadProgress,
  PromptPart,
  ProviderProbe,
  RememberParams,
  ScoreContinuationParams,
  ScoreContinuationResult,
  ScoreParams,
  ScoreResult,
} from '../../../src/protocol/messages';

/** A token of the shape that the engine sends; figures add up, so that a report of them can be checked by hand. */
export function scoredToken(text: string, changes: Partial<ScoredToken> = {}): ScoredToken {
  return {
    text,
    id: 1,
    logit: 12.5,
    probability: 0.5,
    rank: 1,
    entropyBits: 1.5,
    margin: 0.25,
    remainingMass: 0.25,
    drafted: false,
    typedText: '',
    memoryShare: 0,
    candidates: [
      { text, id: 1, logit: 12.5, probability: 0.5, memoryShare: 0 },
      { text: ' other', id: 2, logit: 11.8, probability: 0.25, memoryShare: 0 },
    ],
    ...changes,
  };
}

export const timings = {
  queueMs: 0,
  prefillTokens: 20,
  reusedTokens: 4,
  prefillMs: 80,
  decodeMs: 40,
  decodedTokens: 2,
  acceptedDraftTokens: 1,
};

/** In the place of the engine's process: answers what a test tells it to, and keeps what it was asked. */
export class FakeEngine implements CliEngine {
  private readonly progress = new Emitter<LoadProgress>();
  readonly onProgress = this.progress.event;
  readonly completions: CompleteParams[] = [];
  readonly scores: ScoreParams[] = [];
  readonly remembered: RememberParams[] = [];
  disposed = 0;
  startError: Error | undefined;
  /** Never answers a completion; leaves when it is aborted. */
  hangs = false;
  tokens: readonly ScoredToken[] = [scoredToken(' a'), scoredToken('(b)', { drafted: true })];
  alternatives: readonly string[] = [' c'];
  scoreResult: ScoreResult = { tokens: [], bitsPerCharacter: 0, perplexity: 1, model: 'fake' };
  probes: readonly ProviderProbe[] = [
    { executionProvider: 'cpu', compiledIn: true, usable: true, reason: 'works', decodeMs: 10.5 },
    { executionProvider: 'cuda', compiledIn: false, usable: false, reason: 'not contained' },
  ];
  provider: InitializeResult['executionProvider'] = 'cpu';
  fillInTheMiddle: FillInTheMiddle | undefined;

  async start(): Promise<InitializeResult> {
    this.progress.fire({ stage: 'loading', fraction: 0.5 });
    if (this.startError) throw this.startError;
    return {
      model: 'fake',
      executionProvider: this.provider,
      executionProviderReason: 'cuda is not usable here',
      vocabularySize: 1000,
      contextLength: 8192,
      threads: 2,
      loadMs: 300,
      onnxruntimeVersion: '1.30.0',
      capabilities: fullCapabilities(1000),
      calibrated: true,
      profile: fittedProfile,
      ...(this.fillInTheMiddle && { fillInTheMiddle: this.fillInTheMiddle }),
    };
  }

  async complete(
    params: CompleteParams,
    { signal }: { signal?: AbortSignal | undefined } = {},
  ): Promise<CompleteResult> {
    this.completions.push(params);
    if (this.hangs) {
      await new Promise((resolve) => signal?.addEventListener('abort', resolve));
      throw new EngineError('cancelled', 'The request was cancelled.');
    }
    const path = (tokens: readonly ScoredToken[]): CompletionPath => ({
      text: tokens.map(({ text }) => text).join(''),
      tokens,
      tokenIds: [],
      healingTokens: 0,
      stopReason: 'line end',
    });
    return {
      ...path(this.tokens),
      alternatives: this.alternatives.map((text) => path([scoredToken(text)])),
      timings,
      model: 'fake',
    };
  }

  async score(params: ScoreParams): Promise<ScoreResult> {
    this.scores.push(params);
    return this.scoreResult;
  }

  async warmPrompt(_prompt: readonly PromptPart[]): Promise<{ prefillTokens: number }> {
    throw new Error('no command asks for it here');
  }

  async scoreContinuation(_params: ScoreContinuationParams): Promise<ScoreContinuationResult> {
    throw new Error('no command asks for it here');
  }

  async rememberFiles(params: RememberParams): Promise<{ rememberedTokens: number }> {
    this.remembered.push(params);
    return { rememberedTokens: 0 };
  }

  async probeProviders(): Promise<readonly ProviderProbe[]> {
    return this.probes;
  }

  async dispose(): Promise<void> {
    this.disposed++;
  }
}

export interface Run {
  readonly exitCode: number;
  readonly output: string;
  readonly messages: string;
}

export interface RunOptions {
  readonly engine?: FakeEngine;
  readonly input?: string | Uint8Array | AsyncIterable<Uint8Array>;
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly environment?: Record<string, string>;
  readonly signal?: AbortSignal;
  readonly findModel?: CliContext['findModel'];
  onInitialize?(params: InitializeParams, log: Log): void;
}

/** Runs a command line against a fake engine, and gives back what a shell would see of it. */
export async function run(commandLine: readonly string[], options: RunOptions = {}): Promise<Run> {
  const { engine = new FakeEngine(), input = '', isTTY = false, columns } = options;
  const written = { output: '', messages: '' };
  const stream = (name: keyof typeof written) => ({
    isTTY,
    ...(columns !== undefined && { columns }),
    write: (text: string) => ((written[name] += text), true),
  });
  const exitCode = await runCommandLine(commandLine, {
    terminal: new Terminal(inputOf(input, isTTY), stream('output'), stream('messages'), options.environment ?? {}),
    signal: options.signal ?? new AbortController().signal,
    cacheDirectory: '/nowhere',
    findModel: options.findModel ?? (async (name) => `/models/${name ?? 'bundled'}`),
    createEngine: (initialize, log) => {
      options.onInitialize?.(initialize, log);
      return engine;
    },
  });
  return { exitCode, ...written };
}

function inputOf(input: string | Uint8Array | AsyncIterable<Uint8Array>, isTTY: boolean): InputStream {
  const chunks = typeof input === 'string' || input instanceof Uint8Array ? [Buffer.from(input)] : input;
  return {
    isTTY,
    async *[Symbol.asyncIterator]() {
      yield* chunks;
    },
  };
}
