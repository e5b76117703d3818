import type { CompleteParams } from '../../protocol/messages';
import type { ModelManifest } from '../../model-store/manifest';

/** A request that can never work; the message says which value is wrong and what is allowed. */
export class BadRequestError extends Error {}

/** @throws BadRequestError when top-k is no whole number from 1 to the size of the vocabulary. */
export function checkTopK(topK: number, { decoder }: ModelManifest): void {
  checkWhole('top-k', topK, 1, decoder.vocabularySize);
}

/** @throws BadRequestError naming the first value that is out of range. */
export function checkCompleteParams(params: CompleteParams, manifest: ModelManifest): void {
  const { contextLength, vocabularySize } = manifest.decoder;
  checkTopK(params.topK, manifest);
  checkWhole('alternatives', params.alternatives, 0, vocabularySize);
  checkWhole('max tokens', params.maxTokens, 1, contextLength >> 1);
  if (!(params.budgetMs >= 0)) throw new BadRequestError(`The budget is ${params.budgetMs} ms; it must be 0 or more.`);
  for (const id of params.startTokens ?? []) checkWhole('a start token', id, 0, vocabularySize - 1);
  let promptTokens = 0;
  for (const part of params.prompt) if (part.kind === 'text') promptTokens += part.maxTokens;
  checkWhole('the token budget of the prompt', promptTokens, 0, contextLength - params.maxTokens);
}

function checkWhole(name: string, value: number, lowest: number, highest: number): void {
  if (Number.isInteger(value) && value >= lowest && value <= highest) return;
  throw new BadRequestError(
    `${capitalised(name)} is ${value}; it must be a whole number from ${lowest} to ${highest}.`,
  );
}

function capitalised(name: string): string {
  return name[0]!.toUpperCase() + name.slice(1);
}
