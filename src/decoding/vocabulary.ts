/**
 * The bytes of every vocabulary entry, as strings of one character per byte (code units 0-255): comparing and slicing
 * strings is what JavaScript does fast, and a token may be half of a UTF-8 character.
 */
export class Vocabulary {
  private readonly sortedIds: Uint32Array;
  private readonly idByBytes = new Map<string, number>();

  /** @param bytes one entry a token id; '' for special tokens, which stand for no text. */
  constructor(private readonly bytes: readonly string[]) {
    const ids: number[] = [];
    bytes.forEach((entry, id) => {
      if (entry === '') return;
      ids.push(id);
      if (!this.idByBytes.has(entry)) this.idByBytes.set(entry, id);
    });
    ids.sort((a, b) => (bytes[a]! < bytes[b]! ? -1 : bytes[a]! > bytes[b]! ? 1 : a - b));
    this.sortedIds = Uint32Array.from(ids);
  }

  get size(): number {
    return this.bytes.length;
  }

  /** Bytes of a token; '' for a special token. */
  bytesOf(id: number): string {
    return this.bytes[id] ?? '';
  }

  /** Ids whose bytes agree with text that was typed already: they begin with it, or are a beginning of it. */
  agreeingWith(typed: string): number[] {
    const ids: number[] = [];
    for (let length = 1; length < typed.length; length++) {
      const id = this.idByBytes.get(typed.slice(0, length));
      if (id !== undefined) ids.push(id);
    }
    for (let i = this.lowerBound(typed); i < this.sortedIds.length; i++) {
      const id = this.sortedIds[i]!;
      if (!this.bytesOf(id).startsWith(typed)) break;
      ids.push(id);
    }
    return ids;
  }

  private lowerBound(wanted: string): number {
    let low = 0;
    let high = this.sortedIds.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.bytesOf(this.sortedIds[middle]!) < wanted) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
