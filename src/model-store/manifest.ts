import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod/mini';
import english from 'zod/v4/locales/en.js';
import { type ModelProfile, neutralProfile } from '../protocol/modelProfile';
import { specialTokenNames } from '../protocol/promptPart';
import { ModelError, reinstall } from './modelError';

// The small build has no messages of its own.
z.config(english());

/** Special tokens that format 1 could name and no prompt has. */
const retiredTokenNames = ['repositoryName', 'fileName'] as const;

const count = z.int().check(z.positive());
const id = z.int().check(z.nonnegative());
const name = z.string().check(z.minLength(1));
/** A file beside the manifest: no folders, so that a hostile manifest cannot point anywhere else. */
const fileName = z
  .string()
  .check(z.regex(/^[\w][\w.-]*$/, 'must be a plain file name of letters, digits, ".", "_" and "-"'));

const between = (lowest: number, highest: number) => z.number().check(z.gte(lowest), z.lte(highest));
const share = between(0, 0.99);
const profileSchema = z.object({
  confidence: z.optional(z.object({ weights: z.array(z.number()).check(z.length(3)), intercept: z.number() })),
  memory: z.optional(
    z.object({
      fewAgree: share,
      manyAgree: share,
      manyAgreeAndModelUnsure: share,
      manyTokens: count,
      sureProbability: between(0, 1),
      weightOfAgreement: between(1, 10),
    }),
  ),
  charactersPerToken: z.optional(between(0.5, 20)),
  promptBudget: z.optional(z.object({ prefixTokens: count, suffixTokens: count, snippetTokens: count })),
  longestShortRun: z.optional(z.int().check(z.gte(2), z.lte(64))),
});

const manifestSchema = z.object({
  /** 2 may have a profile. */
  format: z.literal([1, 2]),
  name,
  displayName: name,
  license: name,
  source: name,
  files: z
    .array(
      z.object({
        path: fileName,
        bytes: count,
        sha256: z.string().check(z.regex(/^[0-9a-f]{64}$/, 'must be 64 hex digits')),
      }),
    )
    .check(z.minLength(1)),
  graphs: z.object({ int8: z.object({ file: fileName }), float32: z.object({ file: fileName }) }),
  decoder: z.object({
    layers: count,
    heads: count,
    keyValueHeads: count,
    headDimension: count,
    hiddenSize: count,
    vocabularySize: count,
    contextLength: count,
  }),
  tokenizer: z.object({ file: fileName }),
  endOfText: z.array(id).check(z.minLength(1)),
  profile: z.optional(profileSchema),
  specialTokens: z.partialRecord(z.enum([...specialTokenNames, ...retiredTokenNames]), id),
});

/** What a model folder says of itself: its files with their hashes, the decoder's shape, its special tokens. */
export type ModelManifest = z.infer<typeof manifestSchema>;

/** What the manifest says of the measured, and neutral values for the rest; format 1 says nothing of it. */
export function profileOf({ format, profile = {} }: Pick<ModelManifest, 'format' | 'profile'>): ModelProfile {
  if (format === 1) return neutralProfile;
  const { confidence, memory, charactersPerToken, promptBudget, longestShortRun } = profile;
  return {
    ...(confidence && { confidence }),
    memory: memory ?? neutralProfile.memory,
    charactersPerToken: charactersPerToken ?? neutralProfile.charactersPerToken,
    promptBudget: promptBudget ?? neutralProfile.promptBudget,
    longestShortRun: longestShortRun ?? neutralProfile.longestShortRun,
  };
}

/**
 * Reads `manifest.json` of a model folder.
 * @throws ModelError saying what is missing or wrong.
 */
export async function readManifest(directory: string): Promise<ModelManifest> {
  const file = path.join(directory, 'manifest.json');
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code;
    throw new ModelError(
      why === 'ENOENT'
        ? `There is no model in ${directory}: manifest.json is missing. Name a folder that holds a Top-K model.`
        : `${file} cannot be read (${why ?? String(error)}).`,
    );
  }
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    throw new ModelError(`${file} is not JSON: ${(error as Error).message}. ${reinstall}`);
  }
  const result = manifestSchema.safeParse(content, { reportInput: true });
  if (!result.success) throw new ModelError(`${file} is no valid manifest: ${issues(result.error)}. ${reinstall}`);
  const listed = new Set(result.data.files.map((entry) => entry.path));
  const { graphs, tokenizer } = result.data;
  for (const needed of [graphs.int8.file, graphs.float32.file, tokenizer.file]) {
    if (!listed.has(needed)) throw new ModelError(`${file} names ${needed} but lists no hash for it. ${reinstall}`);
  }
  checkIds(file, result.data);
  return result.data;
}

/** @throws ModelError where an id is none of the vocabulary's. */
function checkIds(file: string, { decoder, endOfText, specialTokens }: ModelManifest): void {
  const { vocabularySize } = decoder;
  const unknown = [...endOfText, ...Object.values(specialTokens)].find((id) => id >= vocabularySize);
  if (unknown === undefined) return;
  throw new ModelError(
    `${file} names the token ${unknown}, but its vocabulary has ${vocabularySize} (0 to ${vocabularySize - 1}). ${reinstall}`,
  );
}

function issues(error: z.core.$ZodError): string {
  return error.issues
    .slice(0, 3)
    .map(({ path: keys, message, input }) => `${keys.join('.') || 'the file'}: ${message}${valueOf(input)}`)
    .join('; ');
}

/** The value itself where it is short enough to read. */
function valueOf(input: unknown): string {
  const json = JSON.stringify(input);
  return json === undefined || json.length > 60 ? '' : `, not ${json}`;
}
