import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Tokenizer } from '@huggingface/tokenizers';
import { frozenTexts } from './frozenTexts.mjs';

/** Cuts prompts of an exact number of tokens out of the frozen texts. */
export class Prompts {
  #tokenizer;
  #corpus;
  #cursor = 0;
  #usedFirstTokens = new Set();

  constructor(modelDirectory) {
    const { added_tokens: _, ...definition } = JSON.parse(readFileSync(join(modelDirectory, 'tokenizer.json'), 'utf8'));
    this.#tokenizer = new Tokenizer({ ...definition, added_tokens: [] }, { clean_up_tokenization_spaces: false });
    const texts = Object.entries(frozenTexts('.ts', '.py')).map(([name, text]) => `// ${name}\n${text}`);
    this.#corpus = this.encode(texts.join('\n'));
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
