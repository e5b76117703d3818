import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * Results that can be had again at a cost, kept in a JSON file by key. What is missing, damaged or cannot be written only
 * means that the work is done once more.
 */
export async function readRemembered<Value>(file: string): Promise<Readonly<Record<string, Value>>> {
  try {
    const content: unknown = JSON.parse(await readFile(file, 'utf8'));
    return typeof content === 'object' && content !== null ? (content as Record<string, Value>) : {};
  } catch (error) {
    if (error instanceof SyntaxError || isFileError(error)) return {};
    throw error;
  }
}

/** Written beside and renamed, because another window may be reading. A folder that cannot be written is left alone. */
export async function remember<Value>(file: string, values: Readonly<Record<string, Value>>): Promise<void> {
  try {
    await mkdir(path.dirname(file), { recursive: true });
    const partial = `${file}.${process.pid}.partial`;
    await writeFile(partial, JSON.stringify(values, null, 1));
    await rename(partial, file);
  } catch (error) {
    if (!isFileError(error)) throw error;
  }
}

function isFileError(error: unknown): boolean {
  return typeof (error as NodeJS.ErrnoException).code === 'string';
}
