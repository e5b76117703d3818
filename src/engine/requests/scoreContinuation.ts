import type { ScoreContinuationParams, ScoreContinuationResult } from '../../protocol/messages';
import { blendMemory } from '../../decoding/memoryBlend';
import { constrainToTypedText, TypedText } from '../../decoding/tokenHealing';
import { scorePosition } from '../../scoring/positionScores';
import type { WorkControl } from '../../decoding/cancellation';
import type { Session } from '../sessions';
import { commonPrefixLength } from '../../decoding/languageModel';
import { prefill } from '../../decoding/prefill';
import { encodePrompt } from '../../decoding/promptTokens';
import { BadRequestError } from './requestChecks';
import { bitsOf } from './scoreText';

/** The logits of all its tokens are in memory at once. */
const longestContinuation = 256;

/**
 * Teacher-forced scores of an expected continuation. The typed end of the prompt and the continuation are tokenised
 * together, as they stand in a finished file; tokens that hold typed text are scored among those that agree with it. Runs in a copy of what the session's cache has of the
 * prompt: the next completion finds that cache as it was.
 */
export async function scoreContinuation(
  session: Session,
  { prompt: parts, expected }: ScoreContinuationParams,
  control: WorkControl,
): Promise<ScoreContinuationResult> {
  const { tokenizer, manifest, specialTokens, memory, profile } = session;
  const prompt = encodePrompt(parts, tokenizer, {
    specialTokens,
    documentStart: manifest.endOfText[0]!,
    tokenHealing: true,
  });
  const typedText = Buffer.from(prompt.typedBytes, 'latin1').toString('utf8');
  const ids = tokenizer.encode(typedText + expected);
  if (ids.length > longestContinuation) {
    throw new BadRequestError(
      `The continuation has ${ids.length} tokens; at most ${longestContinuation} are scored at once.`,
    );
  }
  const decoder = session.decoder.copy(commonPrefixLength(session.decoder.cachedTokens, prompt.tokens.slice(0, -1)));
  const never = { isCancelled: () => control.isCancelled(), pause: () => control.pause(), isLate: () => false };
  await prefill(decoder, prompt.tokens.slice(0, -1), never);
  const logits = await decoder.append([prompt.tokens.at(-1)!, ...ids.slice(0, -1)], Math.max(1, ids.length));
  const ranks: number[] = [];
  let bits = 0;
  let typed = new TypedText(prompt.typedBytes);
  ids.forEach((id, i) => {
    const row = logits.subarray(i * decoder.vocabularySize, (i + 1) * decoder.vocabularySize);
    const bytes = tokenizer.vocabulary.bytesOf(id);
    if (typed.overlapWith(bytes) < bytes.length) {
      const blended = blendMemory(row, memory.matches([...prompt.tokens, ...ids.slice(0, i)]), profile.memory);
      const { chosen } = scorePosition(constrainToTypedText(blended, typed, tokenizer.vocabulary), 1, id);
      ranks.push(chosen.rank);
      bits += bitsOf(chosen.probability);
    }
    typed = typed.after(bytes);
  });
  return { ranks, bits };
}
