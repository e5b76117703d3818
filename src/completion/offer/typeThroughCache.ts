/** Where a completion starts: the whole text of the document on both sides of the caret. */
export interface CaretPlace {
  readonly documentUri: string;
  readonly prefix: string;
  readonly suffix: string;
}

/** A completion that was shown. */
export interface CachedCompletion<T> {
  readonly text: string;
  /** How many characters behind the caret the text replaces. */
  readonly replaceLength: number;
  /** What belongs to it: tokens, scores. */
  readonly value: T;
}

/** What is left of a completion at a caret further on. */
export interface TypeThroughHit<T> {
  /** The part that is not typed yet; never empty. */
  readonly text: string;
  readonly replaceLength: number;
  /** How many of the completion's characters (UTF-16 units) are typed already. */
  readonly typedLength: number;
  readonly value: T;
}

type Entry<T> = CaretPlace & CachedCompletion<T>;

/** The longest run of closers that editors insert at once. */
const longestAutoClose = 3;
const autoClosers = /^[)\]}'"`>]+$/;

/**
 * Remembers completions, so that typing their own characters (or deleting some of those again) is answered at once
 * with the rest of the same completion. The match is exact: same document, same text before the original caret, typed
 * text that starts the completion, same suffix. Two changes of the suffix are the editor's doing and allowed: closers
 * inserted behind a typed opener that the rest of the completion repeats, and closers of `replaceLength` overtyped.
 *
 * Bounded in entries and in characters held; the least recently used goes first.
 */
export class TypeThroughCache<T> {
  /** Least recently used first. */
  private entries: Entry<T>[] = [];

  /**
   * @param capacity completions kept.
   * @param maxCharacters sum of the kept prefixes and suffixes, UTF-16 units; the newest entry is kept whatever its size.
   */
  constructor(
    private readonly capacity = 50,
    private readonly maxCharacters = 8_000_000,
  ) {
    if (!Number.isInteger(capacity) || capacity < 1) {
      throw new RangeError(`The cache capacity is ${capacity}; it must be a whole number of at least 1.`);
    }
  }

  get size(): number {
    return this.entries.length;
  }

  /** Keeps a completion, in place of an equal one. Several different ones may start at the same caret. */
  rememberCompletion(context: CaretPlace, completion: CachedCompletion<T>): void {
    const { documentUri, prefix, suffix } = context;
    const { text, replaceLength, value } = completion;
    this.entries = this.entries.filter(
      (entry) =>
        !(
          entry.text === text &&
          entry.documentUri === documentUri &&
          entry.prefix === prefix &&
          entry.suffix === suffix
        ),
    );
    this.entries.push({ documentUri, prefix, suffix, text, replaceLength, value });
    let characters = this.entries.reduce((sum, entry) => sum + entry.prefix.length + entry.suffix.length, 0);
    while (this.entries.length > 1 && (this.entries.length > this.capacity || characters > this.maxCharacters)) {
      const oldest = this.entries.shift()!;
      characters -= oldest.prefix.length + oldest.suffix.length;
    }
  }

  /** The rest of the most recently used completion that the typed text agrees with. */
  lookup(context: CaretPlace): TypeThroughHit<T> | undefined {
    for (let i = this.entries.length - 1; i >= 0; i--) {
      const entry = this.entries[i]!;
      const hit = restOf(entry, context);
      if (hit === undefined) continue;
      this.entries.splice(i, 1);
      this.entries.push(entry);
      return hit;
    }
    return undefined;
  }

  /** Drops the completions of one document (closed, or changed on disk), or all. */
  forget(documentUri?: string): void {
    this.entries = documentUri === undefined ? [] : this.entries.filter((entry) => entry.documentUri !== documentUri);
  }
}

function restOf<T>(entry: Entry<T>, context: CaretPlace): TypeThroughHit<T> | undefined {
  const { prefix, suffix } = context;
  const typedLength = prefix.length - entry.prefix.length;
  // Lengths first: the long comparisons below then run only for entries that fit.
  if (typedLength < 0 || typedLength >= entry.text.length || entry.documentUri !== context.documentUri)
    return undefined;
  if (prefix.slice(entry.prefix.length) !== entry.text.slice(0, typedLength)) return undefined;
  const text = entry.text.slice(typedLength);
  const replaceLength = replaceLengthNow(entry, suffix, text);
  if (replaceLength === undefined || !prefix.startsWith(entry.prefix)) return undefined;
  return { text, replaceLength, typedLength, value: entry.value };
}

/** How many characters of the suffix as it is now the rest replaces; undefined where the suffix is another one. */
function replaceLengthNow<T>(entry: Entry<T>, suffix: string, rest: string): number | undefined {
  const grown = suffix.length - entry.suffix.length;
  if (grown === 0) return suffix === entry.suffix ? entry.replaceLength : undefined;
  if (grown < 0) {
    const isOvertyped = -grown <= entry.replaceLength && entry.suffix.endsWith(suffix);
    return isOvertyped ? entry.replaceLength + grown : undefined;
  }
  if (grown > longestAutoClose || !autoClosers.test(suffix.slice(0, grown)) || !suffix.endsWith(entry.suffix)) {
    return undefined;
  }
  let position = 0;
  const replaced = suffix.slice(0, grown + entry.replaceLength);
  for (const mark of replaced) {
    position = rest.indexOf(mark, position) + 1;
    if (position === 0) return undefined;
  }
  return replaced.length;
}
