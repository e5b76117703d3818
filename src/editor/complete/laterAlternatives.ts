import { cutTokens } from '../../protocol/completionPath';
import type { Completion, TrimmedPath } from '../../completion/completer';
import { type Offer, remainingPath } from '../offer/offer';

/**
 * A completion on offer, with the alternatives that were computed where the caret is now. The completion stays what it was,
 * at its own caret: its token ids, which a fork begins with, mean nothing elsewhere. So the alternatives are made to begin
 * with what was typed of it.
 */
export function withLaterAlternatives(offer: Offer, later: Completion): Completion {
  const { completion, typedLength } = offer;
  const typed = completion.text.slice(0, typedLength);
  const typedTokens = cutTokens(completion.tokens, typedLength);
  const first = remainingPath(offer).text;
  const alternatives = [later, ...later.alternatives]
    .filter(({ text }) => text !== first && text !== '')
    .map((path): TrimmedPath => ({
      ...path,
      text: typed + path.text,
      tokens: [...typedTokens, ...path.tokens],
      // No prompt of ours ends with these, so there is nothing to fork from.
      ...(typed !== '' && { tokenIds: [], healingTokens: 0 }),
    }));
  return { ...completion, alternatives };
}
