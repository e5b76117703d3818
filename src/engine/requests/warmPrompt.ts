import type { PromptPart } from '../../protocol/promptPart';
import type { WorkControl } from '../../decoding/cancellation';
import { prefill } from '../../decoding/prefill';
import { encodePrompt } from '../../decoding/promptTokens';
import type { Session } from '../sessions';

/** Brings a prompt into the session's cache, as far as it comes before `isLate` says that others wait. */
export async function warmPrompt(
  { decoder, tokenizer, manifest, specialTokens }: Session,
  parts: readonly PromptPart[],
  control: WorkControl & { isLate(): boolean },
): Promise<{ prefillTokens: number }> {
  const prompt = encodePrompt(parts, tokenizer, {
    specialTokens,
    documentStart: manifest.endOfText[0]!,
    tokenHealing: true,
  });
  const { reusedTokens } = await prefill(decoder, prompt.tokens.slice(0, -1), control);
  return { prefillTokens: decoder.cachedTokens.length - reusedTokens };
}
