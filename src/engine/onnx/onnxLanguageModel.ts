import { readFile } from 'node:fs/promises';
import { ModelError, reinstall } from '../../model-store/modelError';
import { InferenceSession, Tensor } from './onnxruntime';
import { graphShapeOf, misfitOf, missingTensor } from './graphShape';
import { readOnnxFile } from './onnxFile';
import { KeyValueCache, type CacheShape } from './keyValueCache';
import type { LanguageModel } from '../../decoding/languageModel';

/** Shorter runs are slower a token, and say nothing about long ones. */
const leastTimedTokens = 24;

export interface DecoderShape {
  readonly layers: number;
  readonly heads: number;
  readonly keyValueHeads: number;
  readonly headDimension: number;
  readonly hiddenSize: number;
  readonly vocabularySize: number;
  readonly contextLength: number;
  readonly cacheType: CacheShape['type'];
}

export interface OnnxLanguageModelOptions {
  readonly graphPath: string;
  /** The decoder as its manifest describes it. */
  readonly shape: DecoderShape;
  readonly sessionOptions: InferenceSession.SessionOptions;
}

/** What all caches over a graph share. */
interface SharedGraph {
  readonly session: InferenceSession;
  readonly vocabularySize: number;
  readonly contextLength: number;
  /** The attention mask of a full context. */
  readonly ones: BigInt64Array;
  millisecondsPerToken: number | undefined;
}

/** The bundled decoder graph in ONNX Runtime; `models/export/graph.py` describes its inputs and outputs. */
export class OnnxLanguageModel implements LanguageModel {
  private constructor(
    private readonly graph: SharedGraph,
    private readonly cache: KeyValueCache,
    readonly cachedTokens: number[],
  ) {}

  /** @throws ModelError when the graph is another one than the manifest says. */
  static async load({ graphPath, shape, sessionOptions }: OnnxLanguageModelOptions): Promise<OnnxLanguageModel> {
    const { vocabularySize, contextLength } = shape;
    const session = await InferenceSession.create(graphPath, sessionOptions);
    const missing = missingTensor(session);
    if (missing) throw new ModelError(`${graphPath} is no decoder graph of Top-K: it lacks ${missing}. ${reinstall}`);
    const misfit = misfitOf(graphShapeOf(session, readOnnxFile(await readFile(graphPath))), shape);
    if (misfit) throw new ModelError(`The manifest beside ${graphPath} ${misfit}. ${reinstall}`);
    const ones = new BigInt64Array(contextLength).fill(1n);
    const graph: SharedGraph = { session, vocabularySize, contextLength, ones, millisecondsPerToken: undefined };
    return new OnnxLanguageModel(graph, new KeyValueCache({ ...shape, type: shape.cacheType }, contextLength), []);
  }

  get vocabularySize(): number {
    return this.graph.vocabularySize;
  }

  get contextLength(): number {
    return this.graph.contextLength;
  }

  get millisecondsPerToken(): number | undefined {
    return this.graph.millisecondsPerToken;
  }

  copy(length: number): OnnxLanguageModel {
    const cachedTokens = this.cachedTokens.slice(0, length);
    return new OnnxLanguageModel(this.graph, this.cache.copy(cachedTokens.length), cachedTokens);
  }

  truncate(length: number): void {
    this.cachedTokens.length = Math.min(length, this.cachedTokens.length);
  }

  async append(tokens: readonly number[], keep: number): Promise<Float32Array> {
    const before = this.cachedTokens.length;
    const total = before + tokens.length;
    if (tokens.length === 0 || keep > tokens.length || total > this.contextLength) {
      throw new RangeError(
        `Cannot append ${tokens.length} tokens (logits of ${keep}) to ${before}: the context holds ${this.contextLength}.`,
      );
    }
    const startedAt = performance.now();
    this.cache.reserve(total, before);
    const ids = BigInt64Array.from(tokens, BigInt);
    const outputs = await this.graph.session.run(
      {
        ...this.cache.feeds,
        input_ids: new Tensor('int64', ids, [1, ids.length]),
        attention_mask: new Tensor('int64', this.graph.ones.subarray(0, total), [1, total]),
        num_logits_to_keep: new Tensor('int64', BigInt64Array.of(BigInt(keep)), [1]),
      },
      ['logits', 'present_delta'],
    );
    this.cache.write(outputs.present_delta!.data as Int8Array | Float32Array, before, tokens.length);
    this.cachedTokens.push(...tokens);
    if (tokens.length >= leastTimedTokens) this.recordPace((performance.now() - startedAt) / tokens.length);
    return outputs.logits!.data as Float32Array;
  }

  /** The mean of the last few: one run that another program held up shall not decide alone. */
  private recordPace(milliseconds: number): void {
    const { millisecondsPerToken: before = milliseconds } = this.graph;
    this.graph.millisecondsPerToken = before + (milliseconds - before) / 2;
  }
}
