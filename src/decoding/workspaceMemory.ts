/** Tokens that are remembered: about 900 kB of source. When they are used up, the oldest make room. */
const defaultCapacity = 1 << 18;
const hashBits = 16;
/** Longer agreement is not worth more. */
const longestMatch = 12;
/** Enough places to tell a habit from an accident; a frequent pair of tokens has thousands. */
const mostMatches = 48;
const mostVisits = 512;
/** Stands between files; no token has this id. */
const separator = -1;

/** A place in a remembered file where the tokens before it agree with those before the caret. */
export interface MemoryMatch {
  /** The token that stands there. */
  readonly id: number;
  /** How many tokens before it agree, at least 2. */
  readonly length: number;
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * An n-gram index over the tokens of files in the workspace: where did the last tokens stand before, and what followed?
 * Bounded: one ring of tokens, and chains of places with the same last two tokens, as in LZ77 compressors (Ziv and Lempel
 * 1977; RFC 1951, section 4). Positions count all tokens ever written; the ring holds the last `capacity` of them.
 */
export class WorkspaceMemory {
  private readonly tokens: Int32Array;
  /** The place before with the same hash, for every place in the ring. */
  private readonly previous: Float64Array;
  private readonly newest = new Float64Array(1 << hashBits).fill(-1);
  private readonly spans = new Map<string, Span>();
  private written = 0;

  constructor(private readonly capacity = defaultCapacity) {
    this.tokens = new Int32Array(capacity).fill(separator);
    this.previous = new Float64Array(capacity).fill(-1);
  }

  /** Remembers a file in place of what was known of it; of one that is too long, the beginning. */
  rememberTokens(name: string, tokens: readonly number[]): void {
    this.forget(name);
    const kept = tokens.length < this.capacity ? tokens : tokens.slice(0, this.capacity - 1);
    const start = this.written;
    for (const id of kept) this.write(id);
    this.spans.set(name, { start, end: this.written });
    this.write(separator);
    const oldest = this.written - this.capacity;
    for (const [other, span] of this.spans) if (span.end <= oldest) this.spans.delete(other);
  }

  forget(name: string): void {
    const span = this.spans.get(name);
    if (!span) return;
    const oldest = Math.max(span.start, this.written - this.capacity);
    for (let at = oldest; at < span.end; at++) this.tokens[at % this.capacity] = separator;
    this.spans.delete(name);
  }

  clear(): void {
    for (const name of [...this.spans.keys()]) this.forget(name);
  }

  /** Places where at least the last two tokens agree, the newest first; at most a few dozen. */
  matches(context: readonly number[]): MemoryMatch[] {
    const found: MemoryMatch[] = [];
    this.visit(context, (at, length) => {
      found.push({ id: this.tokens[at % this.capacity]!, length });
      return found.length < mostMatches;
    });
    return found;
  }

  /** What followed the longest agreement, the newest of equally long ones: at most `limit` tokens, to be checked. */
  draft(context: readonly number[], limit: number): number[] {
    let best = { at: -1, length: 0 };
    this.visit(context, (at, length) => {
      if (length > best.length) best = { at, length };
      return length < longestMatch;
    });
    const draft: number[] = [];
    for (let at = best.at; at >= 0 && at < this.written && draft.length < limit; at++) {
      const id = this.tokens[at % this.capacity]!;
      if (id === separator) break;
      draft.push(id);
    }
    return draft;
  }

  /** Calls `use` with the position behind every agreement, newest first, until it returns false. */
  private visit(context: readonly number[], use: (at: number, length: number) => boolean): void {
    const last = context.at(-1);
    const before = context.at(-2);
    if (last === undefined || before === undefined) return;
    const oldest = this.written - this.capacity;
    let at = this.newest[hashOf(before, last)]!;
    for (let visits = 0; at > oldest && visits < mostVisits; visits++) {
      const length = this.agreement(context, at, oldest);
      const next = at + 1;
      if (length >= 2 && next < this.written && this.tokens[next % this.capacity] !== separator) {
        if (!use(next, length)) return;
      }
      at = this.previous[at % this.capacity]!;
    }
  }

  /** How many tokens up to `at` agree with the end of the context. */
  private agreement(context: readonly number[], at: number, oldest: number): number {
    const limit = Math.min(longestMatch, context.length, at - oldest + 1);
    let length = 0;
    while (length < limit && this.tokens[(at - length) % this.capacity] === context[context.length - 1 - length])
      length++;
    return length;
  }

  private write(id: number): void {
    const at = this.written++;
    const before = at > 0 ? this.tokens[(at - 1) % this.capacity]! : separator;
    this.tokens[at % this.capacity] = id;
    if (id === separator || before === separator) return;
    const hash = hashOf(before, id);
    this.previous[at % this.capacity] = this.newest[hash]!;
    this.newest[hash] = at;
  }
}

/** Multiplicative hashing of a pair of tokens (Knuth, volume 3, section 6.4). */
function hashOf(before: number, last: number): number {
  return Math.imul(Math.imul(before, 0x9e3779b1) ^ last, 0x85ebca6b) >>> (32 - hashBits);
}
