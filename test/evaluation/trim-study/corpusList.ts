import { z } from 'zod';

const corpusPackage = z.strictObject({
  registry: z.enum(['npm', 'pypi', 'debian']),
  name: z.string().min(1),
  version: z.string().min(1),
  licence: z.string().min(1),
  /** Of the published archive; checked on every download. */
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
  /** Folder inside the unpacked archive that paths are relative to. */
  root: z.string().default(''),
  /** Per VS Code language id, a regular expression of the paths to take. */
  take: z.record(z.string(), z.string()),
});

const corpusList = z.strictObject({
  seed: z.number().int(),
  /** At most so many files of each language, half of them for tuning and half for the published figures. */
  filesPerLanguage: z.number().int().positive(),
  packages: z.array(corpusPackage).min(1),
});

export type CorpusPackage = z.infer<typeof corpusPackage>;
export type CorpusList = z.infer<typeof corpusList>;

/**
 * Reads the list of the packages that the corpus is made of.
 *
 * @throws Error when the list does not have the expected form.
 */
export function parseCorpusList(text: string): CorpusList {
  return corpusList.parse(JSON.parse(text));
}
