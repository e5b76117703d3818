import path from 'node:path';
import { fimTemplateOf } from '../model-store/fimTemplates';
import type { FillInTheMiddle, SpecialTokenName } from '../protocol/promptPart';
import type { ConcreteExecutionProvider } from '../protocol/messages';
import type { ModelProfile } from '../protocol/modelProfile';
import { type ModelManifest, profileOf } from '../model-store/manifest';
import type { LanguageModel } from '../decoding/languageModel';
import { OnnxLanguageModel } from './onnx/onnxLanguageModel';
import { sessionOptions } from './onnx/sessionOptions';
import { providerOf } from './providers/providers';
import type { ModelTokenizer } from '../decoding/tokenizer';
import { ModelError, reinstall } from '../model-store/modelError';
import { loadTokenizer } from './loadTokenizer';

/** A model as all sessions share it. */
export interface LoadedModel {
  readonly manifest: ModelManifest;
  readonly tokenizer: ModelTokenizer;
  /** Over an empty cache, which stays empty: sessions copy it. */
  readonly decoder: LanguageModel;
  /** Ids of the special tokens that prompts may have: the manifest's, and those of a known fill-in-the-middle template. */
  readonly specialTokens: SpecialTokens;
  readonly fillInTheMiddle: FillInTheMiddle | undefined;
  readonly profile: ModelProfile;
}

export type SpecialTokens = Readonly<Partial<Record<SpecialTokenName, number>>>;

export interface LoadOptions {
  readonly directory: string;
  readonly executionProvider: ConcreteExecutionProvider;
  /** 0 takes the default. */
  readonly threads: number;
}

/**
 * Loads tokenizer and decoder of a model whose files were verified.
 * @throws ModelError when they do not fit each other.
 */
export async function loadModel(manifest: ModelManifest, options: LoadOptions): Promise<LoadedModel> {
  const decoder = await loadDecoder(manifest, options);
  const tokenizer = await loadTokenizer(path.join(options.directory, manifest.tokenizer.file));
  if (tokenizer.vocabulary.size > decoder.vocabularySize) {
    throw new ModelError(
      `The tokenizer of ${manifest.name} has ${tokenizer.vocabulary.size} entries, its decoder ${decoder.vocabularySize}. ${reinstall}`,
    );
  }
  const template = fimTemplateOf((text) => tokenizer.specialId(text) !== undefined, manifest.name);
  const fimTokens: Partial<Record<SpecialTokenName, number>> = {};
  for (const [name, text] of Object.entries(template?.tokens ?? {})) {
    fimTokens[name as SpecialTokenName] = tokenizer.specialId(text)!;
  }
  const specialTokens = { ...fimTokens, ...manifest.specialTokens };
  return {
    manifest,
    tokenizer,
    decoder,
    specialTokens,
    fillInTheMiddle: template?.order,
    profile: profileOf(manifest),
  };
}

/** The decoder alone: what a throw-away process needs to try a provider. */
export function loadDecoder(
  { graphs, decoder }: ModelManifest,
  { directory, executionProvider, threads }: LoadOptions,
): Promise<LanguageModel> {
  const { cacheType } = providerOf(executionProvider);
  return OnnxLanguageModel.load({
    graphPath: path.join(directory, graphs[cacheType].file),
    shape: { ...decoder, cacheType },
    sessionOptions: sessionOptions(executionProvider, threads),
  });
}
