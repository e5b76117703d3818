import fc from 'fast-check';
import { WorkspaceMemory } from '../../src/decoding/workspaceMemory';
import { decodePath, type DecodeControl, type DecodeOptions } from '../../src/decoding/decodePath';
import { TokenPath } from '../../src/decoding/tokenPath';
import { fittedProfile as profile } from './fittedProfile';
import { toyEndOfText, ToyModel, toyTokenizer } from './toyModel';

export const tokenizer = toyTokenizer();

export const unhindered: DecodeControl = {
  isCancelled: () => false,
  pause: () => Promise.resolve(),
  isLate: () => false,
  onTokens: () => {},
};
export const anyText = fc.string({
  unit: fc.constantFrom('a', 'b', 'ab', ' ', '\n', '\n  ', 'é', '😀', '(', ';'),
  maxLength: 25,
});

export interface DecodingCase {
  readonly text: string;
  readonly seed: number;
  readonly maxTokens: number;
  readonly startTokens: readonly number[];
  readonly contextLength?: number;
}
export const anyCase: fc.Arbitrary<DecodingCase> = fc.record({
  text: anyText,
  seed: fc.integer(),
  maxTokens: fc.integer({ min: 1, max: 40 }),
  startTokens: fc.constant([]),
});

export function newPath({ text, maxTokens }: DecodingCase, typedBytes: string): TokenPath {
  const stop = { maxTokens, multiLine: true, endOfText: [toyEndOfText], textBefore: text };
  return new TokenPath(tokenizer, stop, typedBytes);
}

/** Decodes a case with the toy model, from an empty cache and without a memory unless others are given. */
export async function decode(
  testCase: DecodingCase,
  settings: {
    promptLookup?: boolean;
    model?: ToyModel;
    control?: Partial<DecodeControl>;
    memory?: WorkspaceMemory;
  } = {},
) {
  const { promptLookup = true, control = {}, memory = new WorkspaceMemory(1000) } = settings;
  const { seed, contextLength = 400, startTokens } = testCase;
  const model = settings.model ?? new ToyModel(tokenizer, contextLength, seed);
  const healed = tokenizer.encodeForHealing(testCase.text);
  const promptTokens = [toyEndOfText, ...healed.tokens];
  const path = newPath(testCase, healed.typedBytes);
  const options: DecodeOptions = {
    topK: 3,
    promptLookup,
    startTokens,
    typedTokens: healed.typedTokens,
    memory,
    profile,
  };
  const counts = await decodePath(model, tokenizer, promptTokens, path, options, { ...unhindered, ...control });
  return { ...path.result(), counts, model, promptTokens, typedBytes: healed.typedBytes };
}

/** Everything but which tokens were drafted. */
export function outcome({ text, tokens, stopReason, tokenIds }: Awaited<ReturnType<typeof decode>>) {
  return { text, stopReason, tokenIds, tokens: tokens.map(({ drafted: _, ...token }) => token) };
}
