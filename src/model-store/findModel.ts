import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { ModelError } from './modelError';

export const bundledModel = 'smollm2-135m';

/** The models that came with the product: beside `dist/`, where every entry point lies. */
const bundledModels = path.join(__dirname, '..', 'models');

/**
 * The folder of a model.
 * @param nameOrDirectory name of a bundled model, or a folder; the bundled default where it is left out.
 * @throws ModelError when it is neither.
 */
export async function findModel(nameOrDirectory = bundledModel, bundled = bundledModels): Promise<string> {
  const isName = !/[\\/]/.test(nameOrDirectory);
  for (const candidate of [...(isName ? [path.join(bundled, nameOrDirectory)] : []), path.resolve(nameOrDirectory)]) {
    if (await isFile(path.join(candidate, 'manifest.json'))) return candidate;
  }
  const names = (await readdir(bundled)).filter((name) => name !== 'export').join(', ');
  throw new ModelError(
    `There is no model "${nameOrDirectory}": it is neither a bundled one (${names || 'none here'}) nor a folder with a manifest.json.`,
  );
}

async function isFile(file: string): Promise<boolean> {
  try {
    return (await stat(file)).isFile();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return false;
    throw error;
  }
}
