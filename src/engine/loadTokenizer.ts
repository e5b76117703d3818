import { readFile } from 'node:fs/promises';
import { ModelTokenizer, TokenizerError } from '../decoding/tokenizer';
import { ModelError, reinstall } from '../model-store/modelError';

/**
 * Loads a `tokenizer.json` as the `tokenizers` library writes it.
 * @throws ModelError saying what is wrong with the file.
 */
export async function loadTokenizer(file: string): Promise<ModelTokenizer> {
  try {
    return ModelTokenizer.of(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    if (error instanceof SyntaxError) throw new ModelError(`${file} is not JSON: ${error.message}. ${reinstall}`);
    if (error instanceof TokenizerError) throw new ModelError(`${file} cannot be used: ${error.message}`);
    throw error;
  }
}
