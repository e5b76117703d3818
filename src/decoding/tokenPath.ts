import { isBlank, lastLineOf } from '../text/lines';
import { cutRepetition } from '../text/repetition';
import { TypedText } from './tokenHealing';
import { cutAtBlockEnd } from '../text/blockEnd';
import { type CompletionPath, cutTokens, type ScoredToken, type StopReason } from '../protocol/completionPath';
import type { PositionScores } from '../scoring/positionScores';
import { toScoredToken } from './scoredToken';
import type { ModelTokenizer } from './tokenizer';
import { Utf8Assembler } from './utf8Assembler';

export interface StopOptions {
  readonly maxTokens: number;
  readonly multiLine: boolean;
  readonly endOfText: readonly number[];
  /** The text before the caret: where a block ends depends on its indentation. */
  readonly textBefore: string;
}

/** A completion that grows token by token, and knows when it is finished. */
export class TokenPath {
  private readonly ids: number[] = [];
  private tokens: ScoredToken[] = [];
  private readonly assembler = new Utf8Assembler();
  private readonly typedAssembler = new Utf8Assembler();
  private text = '';
  private reason: StopReason | undefined;
  private healingTokens = 0;
  private typedText: TypedText;

  constructor(
    private readonly tokenizer: ModelTokenizer,
    private readonly options: StopOptions,
    typedBytes: string,
  ) {
    this.typedText = new TypedText(typedBytes);
  }

  get typed(): TypedText {
    return this.typedText;
  }

  get tokenIds(): readonly number[] {
    return this.ids;
  }

  get scoredTokens(): readonly ScoredToken[] {
    return this.tokens;
  }

  get isFinished(): boolean {
    return this.reason !== undefined;
  }

  finish(reason: StopReason): void {
    this.reason ??= reason;
  }

  /**
   * Adds a chosen token; `typed` must still be what its scores were constrained to.
   * @param modelLogits what the model itself gave at the position, shape [V].
   */
  push(scores: PositionScores, modelLogits: Float32Array, drafted: boolean): void {
    const { id } = scores.chosen;
    if (this.options.endOfText.includes(id) || this.tokenizer.isSpecial(id)) return this.finish('end of text');
    const bytes = this.tokenizer.vocabulary.bytesOf(id);
    const overlap = this.typedText.overlapWith(bytes);
    this.typedText = this.typedText.after(bytes);
    this.ids.push(id);
    const typedText = this.typedAssembler.push(bytes.slice(0, overlap));
    if (overlap === bytes.length) {
      this.healingTokens++;
      return;
    }
    const text = this.assembler.push(bytes.slice(overlap));
    if (!this.assembler.isValid) return this.finish('end of text');
    this.tokens.push(toScoredToken(scores, this.tokenizer, { text, typedText, drafted, modelLogits }));
    this.text += text;
    this.stopWhereFinished(text.length);
  }

  result(): CompletionPath {
    const { text, ids: tokenIds, healingTokens } = this;
    // A path that ends inside a character ends with tokens that show nothing.
    const tokens = cutTokens(this.tokens, text.length);
    return { text, tokens, stopReason: this.reason ?? 'budget', tokenIds, healingTokens };
  }

  private stopWhereFinished(added: number): void {
    const { multiLine, maxTokens, textBefore } = this.options;
    if (!multiLine) {
      const lineEnd = this.text.slice(-added || this.text.length).search(/[\r\n]/);
      if (lineEnd >= 0) this.cut(this.text.length - added + lineEnd, 'line end');
    }
    if (this.isFinished) return;
    if (multiLine && this.isPastBlock(textBefore)) this.finish('block end');
    else if (cutRepetition(this.text) !== this.text) this.finish('repetition');
    else if (this.tokens.length >= maxTokens) this.finish('max tokens');
  }

  /** A blank last line may still turn out to be inside the block. */
  private isPastBlock(textBefore: string): boolean {
    if (isBlank(lastLineOf(this.text))) return false;
    return cutAtBlockEnd(this.text, textBefore, '').length < this.text.length;
  }

  private cut(length: number, reason: StopReason): void {
    this.text = this.text.slice(0, length);
    this.tokens = cutTokens(this.tokens, length);
    this.finish(reason);
  }
}
