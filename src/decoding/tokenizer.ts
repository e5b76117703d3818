import { Tokenizer } from '@huggingface/tokenizers';
import { LRUCache } from 'lru-cache';
import { toBytes, utf8Bytes, utf8Text } from './byteStrings';
import { Vocabulary } from './vocabulary';

/** A pre-token longer than this is healed at its last token only: long runs of blanks or base64 are not half-typed words. */
const maxHealedBytes = 48;
/** Enough text before the caret to find the last pre-token. */
const tailCharacters = 400;
/** Several prompts' worth of parts: snippets, paths and the lines behind the caret stay the same while the user types. */
const keptParts = 64;

export interface HealedPrompt {
  /** Tokens of the text up to the last pre-token. */
  readonly tokens: number[];
  /** Bytes of the last pre-token, one character per byte. */
  readonly typedBytes: string;
  /** How the tokenizer splits the last pre-token as it stands. */
  readonly typedTokens: number[];
}

/** A byte-level BPE tokenizer; text is never read as a special token, so a literal `<|endoftext|>` in a file is text. */
export class ModelTokenizer {
  readonly vocabulary: Vocabulary;
  private readonly specialTexts = new Map<number, string>();
  private readonly unwritable: RegExp | undefined;
  private readonly parts = new LRUCache<string, readonly number[]>({ max: keptParts });

  private constructor(
    private readonly tokenizer: Tokenizer,
    addedTokens: readonly { id: number; content: string }[],
  ) {
    for (const { id, content } of addedTokens) this.specialTexts.set(id, content);
    const bytes: string[] = [];
    for (const [token, id] of tokenizer.get_vocab()) bytes[id] = this.specialTexts.has(id) ? '' : bytesOfToken(token);
    this.vocabulary = new Vocabulary(Array.from(bytes, (entry) => entry ?? ''));
    this.unwritable = charactersWithout(new Set(bytes));
  }

  /**
   * @param content of a `tokenizer.json` as the `tokenizers` library writes it.
   * @throws TokenizerError saying what it lacks.
   */
  static of(content: unknown): ModelTokenizer {
    const definition = byteLevelDefinition(content);
    const addedTokens = definition.added_tokens ?? [];
    const tokenizer = new Tokenizer({ ...definition, added_tokens: [] }, { clean_up_tokenization_spaces: false });
    return new ModelTokenizer(tokenizer, addedTokens);
  }

  encode(text: string): number[] {
    return text === '' ? [] : this.tokenizer.encode(this.writable(text), { add_special_tokens: false }).ids;
  }

  /** `encode` for a part of a prompt, which the next prompts are likely to have as well: kept. */
  encodePart(text: string): readonly number[] {
    const known = this.parts.get(text);
    if (known) return known;
    const tokens = this.encode(text);
    this.parts.set(text, tokens);
    return tokens;
  }

  /**
   * Text as the vocabulary can write it: U+FFFD, one a code unit so that offsets stay, for lone surrogates and for characters
   * that need a byte without a token (rare control characters, planes that Unicode never used), which would get lost.
   */
  writable(text: string): string {
    const wellFormed = text.toWellFormed();
    return this.unwritable ? wellFormed.replace(this.unwritable, ({ length }) => '\uFFFD'.repeat(length)) : wellFormed;
  }

  /** Id of a special token by its spelling in the vocabulary. */
  specialId(text: string): number | undefined {
    for (const [id, special] of this.specialTexts) if (special === text) return id;
    return undefined;
  }

  isSpecial(id: number): boolean {
    return this.specialTexts.has(id);
  }

  /** Readable text of one token: bytes that are no whole character as `<0xF0>`, a special token by its name. */
  displayText(id: number): string {
    const special = this.specialTexts.get(id);
    if (special !== undefined) return special;
    const bytes = this.vocabulary.bytesOf(id);
    const text = utf8Text(bytes);
    if (utf8Bytes(text) === bytes) return text;
    return Array.from(toBytes(bytes), (byte) =>
      byte >= 0x20 && byte < 0x7f
        ? String.fromCharCode(byte)
        : `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`,
    ).join('');
  }

  /** Splits a text where token healing has to begin: before its last pre-token, beyond which merges never reach. */
  encodeForHealing(text: string): HealedPrompt {
    const writable = this.writable(text);
    const lastPreToken = this.lastPreToken(writable);
    // The whole text is encoded, for blanks are split by what stands behind them: `\n\n` alone is one token, before a word two.
    const tokens = this.encode(writable);
    const isLong = utf8Bytes(lastPreToken).length > maxHealedBytes;
    const typedTokens = tokens.splice(tokens.length - (isLong ? 1 : this.encode(lastPreToken).length));
    return { tokens, typedBytes: typedTokens.map((id) => this.vocabulary.bytesOf(id)).join(''), typedTokens };
  }

  private lastPreToken(text: string): string {
    const tail = text.slice(-tailCharacters).toWellFormed();
    const pieces: string[] = this.tokenizer.pre_tokenizer!(tail);
    const last = pieces.at(-1);
    return last === undefined ? '' : utf8Text(bytesOfToken(last));
  }
}

/** A tokenizer that cannot be used; the message ends a sentence that names it. */
export class TokenizerError extends Error {}

interface TokenizerDefinition {
  readonly model?: { readonly type?: string; readonly vocab?: unknown; readonly merges?: unknown } | null;
  readonly pre_tokenizer?: object | null;
  readonly added_tokens?: readonly { id: number; content: string }[];
}

/** @throws TokenizerError */
function byteLevelDefinition(content: unknown): TokenizerDefinition {
  if (typeof content !== 'object' || content === null) throw new TokenizerError('it is no tokenizer definition.');
  const definition = content as TokenizerDefinition;
  const { model, pre_tokenizer: preTokenizer, added_tokens: addedTokens = [] } = definition;
  if (model?.type !== 'BPE') {
    throw new TokenizerError(`its model is of type ${model?.type ?? 'unknown'}, and only byte-level BPE can be used.`);
  }
  if (!preTokenizer) throw new TokenizerError('it has no pre_tokenizer, and only byte-level BPE can be used.');
  if (!JSON.stringify(preTokenizer).includes('ByteLevel')) {
    throw new TokenizerError('its pre_tokenizer is not ByteLevel, and only byte-level BPE can be used.');
  }
  if (typeof model.vocab !== 'object' || model.vocab === null || !Array.isArray(model.merges)) {
    throw new TokenizerError('its model has no vocab and merges.');
  }
  if (!Array.isArray(addedTokens)) throw new TokenizerError('its added_tokens are no list.');
  return definition;
}

/**
 * The printable stand-ins of byte-level BPE, back to bytes: GPT-2 writes the 188 printable Latin-1 bytes as themselves and
 * the others as code points from 256 on (Radford et al. 2019, `bytes_to_unicode`).
 */
const byteOfCharacter = (() => {
  const map = new Map<string, string>();
  let next = 256;
  for (let byte = 0; byte < 256; byte++) {
    const printable = (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || byte >= 0xae;
    map.set(String.fromCharCode(printable ? byte : next++), String.fromCharCode(byte));
  }
  return map;
})();

/** Matches every character whose UTF-8 needs a byte that is no entry of the vocabulary; nothing where all are. */
function charactersWithout(entries: ReadonlySet<string | undefined>): RegExp | undefined {
  const ranges: string[] = [];
  const add = (first: number, last: number): void =>
    void ranges.push(`\\u{${first.toString(16)}}-\\u{${last.toString(16)}}`);
  for (let byte = 0; byte < 0xf5; byte++) {
    if (entries.has(String.fromCharCode(byte))) continue;
    if (byte < 0x80) add(byte, byte);
    else if (byte < 0xc0) throw new TokenizerError(`it has no token for the byte 0x${byte.toString(16)}.`);
    else if (byte >= 0xc2 && byte < 0xe0) add((byte & 0x1f) << 6, ((byte & 0x1f) << 6) | 0x3f);
    else if (byte >= 0xe0 && byte < 0xf0) add((byte & 0x0f) << 12, ((byte & 0x0f) << 12) | 0xfff);
    else if (byte >= 0xf0) add((byte & 0x07) << 18, Math.min(0x10ffff, ((byte & 0x07) << 18) | 0x3ffff));
  }
  return ranges.length === 0 ? undefined : new RegExp(`[${ranges.join('')}]`, 'gu');
}

function bytesOfToken(token: string): string {
  let bytes = '';
  for (const character of token) {
    const byte = byteOfCharacter.get(character);
    if (byte === undefined)
      throw new TokenizerError(`its token ${JSON.stringify(token)} is not in the byte-level alphabet.`);
    bytes += byte;
  }
  return bytes;
}
