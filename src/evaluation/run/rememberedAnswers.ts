import { createHash } from 'node:crypto';
import { appendFile, mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Engine, RequestOptions } from '../../protocol/engine';
import type {
  CompleteParams,
  CompleteResult,
  PromptPart,
  RememberParams,
  ScoreContinuationParams,
  ScoreContinuationResult,
} from '../../protocol/messages';

type Client = Pick<Engine, 'complete' | 'warmPrompt' | 'scoreContinuation' | 'rememberFiles'>;

interface Remembered {
  readonly key: string;
  readonly milliseconds: number;
  readonly result: unknown;
}

/**
 * An engine that is asked the same only once, ever. The engine is deterministic but for rounding, so configurations that send
 * it the same requests (every trim rule, every threshold) share its answers, and a study that was broken off goes on where it
 * was.
 *
 * Requests come in sessions, which begin with an unrelated prompt in the engine's cache. What an answer takes depends on the
 * requests before it, so these are part of what it is remembered under, and its time is remembered with it: `now` is a
 * clock on which a remembered answer takes as long as it took.
 */
export class RememberedAnswers implements Client {
  private readonly answers = new Map<string, Remembered>();
  private fresh: Remembered[] = [];
  private session = '';
  private skippedMs = 0;
  /** What the engine shall remember, as long as it was not told: a remembered answer needs no engine. */
  private untold: RememberParams | undefined;

  private constructor(
    private readonly client: Client,
    private readonly file: string,
  ) {}

  /** @param file JSONL, made where it is missing; one for each engine and model, for their answers differ. */
  static async open(client: Client, file: string): Promise<RememberedAnswers> {
    const remembered = new RememberedAnswers(client, file);
    await mkdir(path.dirname(file), { recursive: true });
    for (const line of (await readIfThere(file)).split('\n').slice(0, -1)) {
      const answer = JSON.parse(line) as Remembered;
      remembered.answers.set(answer.key, answer);
    }
    return remembered;
  }

  now(): number {
    return performance.now() + this.skippedMs;
  }

  /** Runs the requests of one session; they are remembered when all of them are answered. */
  async inSession<T>(work: () => Promise<T>): Promise<T> {
    this.session = '';
    this.fresh = [];
    const result = await work();
    const lines = this.fresh.map((answer) => `${JSON.stringify(answer)}\n`).join('');
    if (lines !== '') await appendFile(this.file, lines);
    for (const answer of this.fresh) this.answers.set(answer.key, answer);
    return result;
  }

  complete(params: CompleteParams, request?: RequestOptions): Promise<CompleteResult> {
    return this.ask('complete', params, () => this.client.complete(params, request));
  }

  scoreContinuation(params: ScoreContinuationParams, request?: RequestOptions): Promise<ScoreContinuationResult> {
    return this.ask('scoreContinuation', params, () => this.client.scoreContinuation(params, request));
  }

  warmPrompt(prompt: readonly PromptPart[], request?: RequestOptions): Promise<{ prefillTokens: number }> {
    return this.ask('warmPrompt', prompt, () => this.client.warmPrompt(prompt, request));
  }

  /** Stands before the other requests of a session, and is part of what their answers are remembered under. */
  async rememberFiles(params: RememberParams): Promise<{ rememberedTokens: number }> {
    this.session = keyOf([this.session, 'rememberFiles', params]);
    this.untold = params;
    return { rememberedTokens: 0 };
  }

  private async ask<Result>(method: string, params: unknown, answer: () => Promise<Result>): Promise<Result> {
    const key = keyOf([this.session, method, params]);
    this.session = key;
    const known = this.answers.get(key);
    if (known) {
      this.skippedMs += known.milliseconds;
      return known.result as Result;
    }
    if (this.untold) await this.client.rememberFiles(this.untold);
    this.untold = undefined;
    const askedAt = performance.now();
    const result = await answer();
    this.fresh.push({ key, milliseconds: performance.now() - askedAt, result });
    return result;
  }
}

function keyOf(request: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(request)).digest('base64url');
}

async function readIfThere(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}
