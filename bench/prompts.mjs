import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { Tokenizer } from '@huggingface/tokenizers';
import { root } from './setUp.mjs';

/** Folders of this project whose text prompts are cut from. */
const corpusFolders = ['src/scoring', 'src/engine', 'src/completion', 'models/export'];

/** Cuts prompts of an exact number of tokens out of the project's own sources. */
export class Prompts {
  #tokenizer;
  #corpus;
  #cursor = 0;
  #usedFirstTokens = new Set();

  constructor(modelDirectory) {
    const { added_tokens: _, ...definition } = JSON.parse(readFileSync(join(modelDirectory, 'tokenizer.json'), 'utf8'));
    this.#tokenizer = new Tokenizer({ ...definition, added_tokens: [] }, { clean_up_tokenization_spaces: false });
    this.#corpus = this.encode(corpusFolders.flatMap(sourceTexts).join('\n'));
  }

  encode(text) {
    return this.#tokenizer.encode(text, { add_special_tokens: false }).ids;
  }

  /** The next `{ text, tokens }` of `count` tokens; its first token begins no prompt given before, so no cached row fits. */
  next(count) {
    for (let tries = 0; tries < this.#corpus.length; tries++) {
      this.#cursor = (this.#cursor + 211) % (this.#corpus.length - count);
      const wanted = this.#corpus.slice(this.#cursor, this.#cursor + count);
      if (this.#usedFirstTokens.has(wanted[0])) continue;
      const text = this.#tokenizer.decode(wanted, { skip_special_tokens: false });
      const tokens = this.encode(text);
      // A cut through a word or a character may be split in another way: then the next place is tried.
      if (tokens.length !== count || tokens[0] !== wanted[0]) continue;
      this.#usedFirstTokens.add(tokens[0]);
      return { text, tokens };
    }
    throw new Error(`No place for another prompt of ${count} tokens: the corpus has ${this.#corpus.length} tokens.`);
  }
}

function sourceTexts(folder) {
  const names = readdirSync(join(root, folder)).sort();
  return names
    .filter((name) => /\.(ts|py)$/.test(name))
    .map((name) => {
      const path = join(root, folder, name);
      return `// ${relative(root, path)}\n${readFileSync(path, 'utf8')}`;
    });
}
