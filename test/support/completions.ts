import type { ScoredToken } from '../../src/protocol/completionPath';
import type { CaretContext } from '../../src/editor/complete/caretContext';
import type { Offer } from '../../src/editor/offer/offer';
import type { Completion, TrimmedPath } from '../../src/completion/completer';
import { Position } from './vscode';

/** A path of the given tokens; a token's id is the sum of its character codes. */
export function pathOf(...texts: string[]): TrimmedPath {
  const scores = {
    logit: 1,
    probability: 0.5,
    memoryShare: 0,
    rank: 1,
    entropyBits: 1,
    margin: 0.1,
    remainingMass: 0.2,
  };
  const idOf = (text: string): number => [...text].reduce((sum, character) => sum + character.codePointAt(0)!, 0);
  const tokens = texts.map((text): ScoredToken => {
    const candidates = [text, `${text}s`].map((candidate) => ({ ...scores, id: idOf(candidate), text: candidate }));
    return { ...scores, id: idOf(text), text, drafted: false, typedText: '', candidates };
  });
  const tokenIds = tokens.map(({ id }) => id);
  const text = texts.join('');
  return { text, tokens, tokenIds, healingTokens: 0, stopReason: 'line end', replaceLength: 0, appliedRules: [] };
}

export function completionOf(best: TrimmedPath, ...alternatives: TrimmedPath[]): Completion {
  const timings = {
    queueMs: 0,
    prefillTokens: 0,
    reusedTokens: 0,
    prefillMs: 0,
    decodeMs: 0,
    decodedTokens: 0,
    acceptedDraftTokens: 0,
  };
  return { ...best, alternatives, timings, model: 'toy' };
}

/** A completion that was computed at the start of a line, of which some characters were typed. */
export function offerOf(completion: Completion, typedLength = 0, documentUri = 'file:/w/a.py'): Offer {
  const at = (character: number) => new Position(0, character) as unknown as CaretContext['position'];
  const context: CaretContext = {
    documentUri,
    position: at(0),
    linePrefix: '',
    restOfLine: '',
    document: { path: 'a.py', prefix: '', suffix: '' },
  };
  const { replaceLength } = completion;
  return {
    id: 1,
    context,
    completion,
    milliseconds: 10,
    typedLength,
    replaceLength,
    position: at(typedLength),
    itemCount: 1,
  };
}
