import type { ScoredTextToken, ScoreParams, ScoreProgress, ScoreResult } from '../../protocol/messages';
import { scorePosition } from '../../scoring/positionScores';
import { checkpoint, type WorkControl } from '../../decoding/cancellation';
import type { Session } from '../sessions';
import { toScoredToken } from '../../decoding/scoredToken';
import { Utf8Assembler } from '../../decoding/utf8Assembler';

/** Tokens in one run: their logits (vocabulary x this) are in memory at once. */
const runTokens = 32;
/** Context that a token sees at most, and what is kept of it when a longer text moves on to its next window. */
const windowTokens = 1024;
const keptTokens = 512;

export interface ScoreControl extends WorkControl {
  onProgress?(progress: ScoreProgress): void;
}

/**
 * Scores every token of an existing text by what came before it: how surprising was it, and what else was likely? In a
 * cache of its own, so that the next completion finds the session's as it was.
 */
export async function scoreText(
  session: Session,
  { text, topK }: ScoreParams,
  control: ScoreControl,
): Promise<ScoreResult> {
  const { tokenizer, manifest } = session;
  const decoder = session.decoder.copy(0);
  const ids = tokenizer.encode(text);
  const tokens: ScoredTextToken[] = [];
  const assembler = new Utf8Assembler();
  let offset = 0;
  let totalBits = 0;
  for (const { contextStart, start, end } of windows(ids.length)) {
    // Each input predicts the token behind it; the document start predicts the first.
    const inputs = [manifest.endOfText[0]!, ...ids.slice(contextStart, end - 1)];
    decoder.truncate(0);
    for (let at = 0; at < inputs.length; at += runTokens) {
      await checkpoint(control);
      const run = inputs.slice(at, at + runTokens);
      const first = Math.max(start, contextStart + at);
      const wanted = ids.slice(first, contextStart + at + run.length);
      const logits = await decoder.append(run, Math.max(1, wanted.length));
      wanted.forEach((id, i) => {
        const row = logits.subarray(i * decoder.vocabularySize, (i + 1) * decoder.vocabularySize);
        const piece = assembler.push(tokenizer.vocabulary.bytesOf(id));
        const scored = toScoredToken(scorePosition(row, topK, id), tokenizer, {
          text: piece,
          typedText: '',
          drafted: false,
          modelLogits: row,
        });
        const bits = bitsOf(scored.probability);
        tokens.push({ ...scored, bits, start: offset, end: offset + piece.length });
        offset += piece.length;
        totalBits += bits;
      });
      control.onProgress?.({ scoredTokens: tokens.length, totalTokens: ids.length });
    }
  }
  return {
    tokens,
    bitsPerCharacter: text.length === 0 ? 0 : totalBits / text.length,
    perplexity: ids.length === 0 ? 1 : 2 ** (totalBits / ids.length),
    model: manifest.name,
  };
}

/** -log2 of a probability; one too small for a double counts as the smallest double. */
export function bitsOf(probability: number): number {
  return -Math.log2(Math.max(probability, Number.MIN_VALUE));
}

function* windows(total: number): Generator<{ contextStart: number; start: number; end: number }> {
  for (let start = 0, contextStart = 0; start < total; contextStart = Math.max(0, start - keptTokens)) {
    const end = Math.min(total, contextStart + windowTokens);
    yield { contextStart, start, end };
    start = end;
  }
}
