import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * Results that can be had again at a cost, kept in a JSON file by key. What is missing, damaged or cannot be written only
 * means that the work is done once more, and so does having no file.
 */
export async function readRemembered<Value>(file: string | undefined): Promise<Readonly<Record<string, Value>>> {
  if (!file) return {};
  try {
    const content: unknown = JSON.parse(await readFile(file, 'utf8'));
    return typeof content === 'object' && content !== null && !Array.isArray(content)
      ? (content as Record<string, Value>)
      : {};
  } catch (error) {
    if (error instanceof SyntaxError || isFileError(error)) return {};
    throw error;
  }
}

/**
 * Adds values to those that are there. Written beside and renamed, because another window may be reading; whatever fails is
 * left alone, because the work itself is done.
 */
export async function rememberResults<Value>(
  file: string | undefined,
  values: Readonly<Record<string, Value>>,
): Promise<void> {
  if (!file) return;
  const partial = `${file}.${process.pid}.partial`;
  try {
    await mkdir(path.dirname(file), { recursive: true });
    const known = await readRemembered<Value>(file);
    await writeFile(partial, JSON.stringify({ ...known, ...values }, null, 1));
    await rename(partial, file);
  } catch {
    await rm(partial, { force: true }).catch(() => {});
  }
}

function isFileError(error: unknown): boolean {
  return typeof (error as NodeJS.ErrnoException).code === 'string';
}
