import type { RememberParams } from '../../protocol/messages';
import type { Session } from '../sessions';

/** Characters encoded in one turn: a few milliseconds, about as long as one decoded token. */
const pieceCharacters = 4_000;
/** A file that is all indented (data, mostly) is cut at any line end after so many characters. */
const longestPiece = 4 * pieceCharacters;
/** Of a longer file only the beginning is remembered: it would drive all others out. */
const longestFile = 200_000;

/** Does a short piece of work when no other request is running. */
type InTurn = <Result>(work: (session: Session) => Result) => Promise<Result>;

/** Encodes a file piece by piece and puts it into the workspace memory; returns how many tokens it has. */
export async function rememberFile({ name, text }: RememberParams['files'][number], inTurn: InTurn): Promise<number> {
  if (text === undefined) {
    await inTurn(({ memory }) => memory.forget(name));
    return 0;
  }
  const tokens: number[] = [];
  for (const piece of piecesOf(text.slice(0, longestFile).replaceAll('\r\n', '\n'))) {
    tokens.push(...(await inTurn(({ tokenizer }) => tokenizer.encode(piece))));
  }
  await inTurn(({ memory }) => memory.rememberTokens(name, tokens));
  return tokens.length;
}

/**
 * Pieces of at least `pieceCharacters`, cut before the last line feed above a line that is not indented: a pre-token begins
 * with it (GPT-2's pattern leaves the last blank of a run alone), so the tokens of the pieces are those of the whole.
 */
export function* piecesOf(text: string): Generator<string> {
  let start = 0;
  while (start < text.length) {
    const window = text.slice(start, start + longestPiece);
    const isLast = start + window.length === text.length;
    const wanted = window.slice(pieceCharacters).search(/\n(?=\S)/);
    const lineEnd = window.lastIndexOf('\n') + 1;
    const length = wanted >= 0 ? pieceCharacters + wanted : isLast || lineEnd === 0 ? window.length : lineEnd;
    yield window.slice(0, length);
    start += length;
  }
}
