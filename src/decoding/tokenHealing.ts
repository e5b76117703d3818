import type { Vocabulary } from './vocabulary';

/** Typed indentation: a line break and the blanks behind it. */
const indentation = /[\r\n][ \t]+$/;

/**
 * Token healing: the last pre-token before the caret is taken back, and the first decoded tokens must agree with its
 * bytes. A tokenizer would have split `consol` and `console` differently, and merges a line break with the indentation
 * behind it, so a prompt that ends inside such a token is one that the model never saw.
 */
export class TypedText {
  /**
   * @param left bytes that decoded tokens still have to agree with, one character per byte.
   * @param isIndentation they end in a line break and blanks, of which some may be decoded already.
   */
  constructor(
    readonly left: string,
    readonly isIndentation = indentation.test(left),
  ) {}

  get isConsumed(): boolean {
    return this.left === '';
  }

  /** How many bytes of a token were typed already. */
  overlapWith(tokenBytes: string): number {
    return Math.min(this.left.length, tokenBytes.length);
  }

  after(tokenBytes: string): TypedText {
    return new TypedText(this.left.slice(tokenBytes.length), this.isIndentation);
  }
}

const blank = /^[ \t\r\n]/;

/**
 * Logits with every entry that disagrees with the typed text at -Infinity: [V], a new array; `logits` itself when there is
 * nothing left to agree with. Typed indentation is taken as it is: a token that would deepen it is not offered, for the
 * editor or the user chose that depth.
 */
export function constrainToTypedText(logits: Float32Array, typed: TypedText, vocabulary: Vocabulary): Float32Array {
  if (typed.isConsumed) return logits;
  const constrained = new Float32Array(logits.length).fill(-Infinity);
  for (const id of vocabulary.agreeingWith(typed.left)) {
    if (typed.isIndentation && blank.test(vocabulary.bytesOf(id).slice(typed.left.length))) continue;
    constrained[id] = logits[id]!;
  }
  return constrained;
}
