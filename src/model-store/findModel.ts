import { readdir, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { ModelError } from './modelError';

export const bundledModel = 'smollm2-135m';

/** The models that came with the product: beside `dist/`, where every entry point lies. */
const bundledModels = path.join(__dirname, '..', 'models');

export interface ModelPlaces {
  readonly bundled?: string;
  /** What `~` stands for; a shell puts it in by itself, a settings file does not. */
  readonly home?: string;
  /** What a relative folder starts from; without it such a folder cannot be meant, as in an editor. */
  readonly workingDirectory?: string | undefined;
}

/**
 * The folder of a model.
 * @param nameOrDirectory name of a bundled model, or a folder; the bundled default where it is left out.
 * @throws ModelError when it is neither.
 */
export async function findModel(
  nameOrDirectory = bundledModel,
  { bundled = bundledModels, home = os.homedir(), workingDirectory }: ModelPlaces = {},
): Promise<string> {
  const isName = !/[\\/]/.test(nameOrDirectory);
  const directory = nameOrDirectory.replace(/^~(?=[\\/]|$)/, () => home);
  const candidates = isName ? [path.join(bundled, nameOrDirectory)] : [];
  if (path.isAbsolute(directory)) candidates.push(directory);
  else if (workingDirectory !== undefined) candidates.push(path.resolve(workingDirectory, directory));
  for (const candidate of candidates) {
    if (await isFile(path.join(candidate, 'manifest.json'))) return candidate;
  }
  const names = (await bundledNames(bundled)).join(', ');
  const folder = workingDirectory === undefined ? 'the absolute path of a folder' : 'a folder';
  throw new ModelError(
    `There is no model "${nameOrDirectory}": it is neither a bundled one (${names || 'none here'}) nor ${folder} with a manifest.json.`,
  );
}

async function bundledNames(bundled: string): Promise<string[]> {
  try {
    return (await readdir(bundled)).filter((name) => name !== 'export');
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new ModelError(`The folder of the bundled models, ${bundled}, cannot be read (${why}). Install Top-K again.`);
  }
}

async function isFile(file: string): Promise<boolean> {
  try {
    return (await stat(file)).isFile();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return false;
    throw new ModelError(`${file} cannot be read (${code ?? String(error)}).`);
  }
}
