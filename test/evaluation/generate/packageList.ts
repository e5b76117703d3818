import { z } from 'zod';

/** The parts of the evaluation: rules are tuned on the one, figures are published from the other. */
export const PARTS = ['tuning', 'test'] as const;

/** VS Code's language ids of the suites, with the file names of each; plaintext is prose in reStructuredText. */
export const LANGUAGE_FILES = {
  typescript: /\.tsx?$/,
  javascript: /\.m?js$/,
  python: /\.py$/,
  go: /\.go$/,
  rust: /\.rs$/,
  markdown: /\.md$/,
  plaintext: /\.rst$/,
} as const;

export type Part = (typeof PARTS)[number];
export type Language = keyof typeof LANGUAGE_FILES;

/** Licences that allow the excerpts to be passed on under the notice in ATTRIBUTION.md. */
const PERMISSIVE =
  /^(MIT|Apache-2\.0|BSD-2-Clause|BSD-3-Clause|ISC)( OR (MIT|Apache-2\.0|BSD-2-Clause|BSD-3-Clause|Unlicense))*$/;

const packageEntry = z.strictObject({
  part: z.enum(PARTS),
  /** Who makes it: packages of one family stay in one part. */
  family: z.string().min(1),
  registry: z.enum(['npm', 'pypi', 'debian']),
  name: z.string().min(1),
  version: z.string().min(1),
  licence: z.string().regex(PERMISSIVE),
  /** Of the published archive; checked on every download. */
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
  /** Folder inside the unpacked archive that paths are relative to. */
  root: z.string().default(''),
  /** Per language, the start of the paths (below root) to take files from; an empty string takes all. */
  take: z.partialRecord(z.enum(Object.keys(LANGUAGE_FILES) as [Language, ...Language[]]), z.array(z.string())),
});

const packageList = z.strictObject({
  seed: z.number().int(),
  /** How many cases to cut per language. */
  casesPerLanguage: z.strictObject({ tuning: z.number().int().positive(), test: z.number().int().positive() }),
  packages: z.array(packageEntry).min(1),
});

export type PackageEntry = z.infer<typeof packageEntry>;
export type PackageList = z.infer<typeof packageList>;

/**
 * Reads the list of packages and holds the two parts apart.
 *
 * @throws Error when the list does not have the expected form, or a package or family is in both parts.
 */
export function parsePackageList(text: string): PackageList {
  const list = packageList.parse(JSON.parse(text));
  for (const key of ['name', 'family'] as const) {
    const partOf = new Map<string, Part>();
    for (const entry of list.packages) {
      const other = partOf.get(entry[key]);
      if (other !== undefined && other !== entry.part) {
        throw new Error(`The ${key} "${entry[key]}" is in both parts of packages.json; keep it in one.`);
      }
      partOf.set(entry[key], entry.part);
    }
  }
  return list;
}
