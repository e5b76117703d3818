/** Encodings that are recognised; `undefined` is one that is none of them. */
export type TextEncoding =
  'utf-8' | 'utf-16le' | 'utf-16be' | 'utf-32le' | 'utf-32be' | 'latin-1' | 'binary' | undefined;

/** Git's rule: a NUL in the first 8,000 bytes makes a file binary (`buffer_is_binary` in git's xdiff-interface.c). */
const probedBytes = 8000;
/** In fewer bytes the places of NULs are chance. */
const leastUnmarkedBytes = 16;

/**
 * The encoding that a byte order mark tells. The mark of UTF-32LE begins as that of UTF-16LE does, and goes on with a character
 * that no text begins with, so it goes first (Unicode 15.0, section 23.8).
 */
export function markedEncodingOf(bytes: Uint8Array): Exclude<TextEncoding, 'latin-1' | 'binary'> {
  if (startsWith(bytes, [0xff, 0xfe, 0, 0])) return 'utf-32le';
  if (startsWith(bytes, [0, 0, 0xfe, 0xff])) return 'utf-32be';
  if (startsWith(bytes, [0xff, 0xfe])) return 'utf-16le';
  if (startsWith(bytes, [0xfe, 0xff])) return 'utf-16be';
  return startsWith(bytes, [0xef, 0xbb, 0xbf]) && isUtf8(bytes) ? 'utf-8' : undefined;
}

/** The encoding of a text by its byte order mark, else by its bytes. */
export function encodingOf(bytes: Uint8Array): TextEncoding {
  const marked = markedEncodingOf(bytes);
  if (marked !== undefined && marked !== 'utf-8') return marked;
  const probe = bytes.subarray(0, probedBytes);
  if (probe.includes(0)) return unmarkedEncodingOf(probe);
  if (isUtf8(bytes)) return 'utf-8';
  return isLatin1(bytes) ? 'latin-1' : undefined;
}

/** Reads bytes as UTF-8 or UTF-16, without the byte order mark; what is no character becomes U+FFFD. */
export function decodeText(bytes: Uint8Array, encoding: 'utf-8' | 'utf-16le' | 'utf-16be'): string {
  return new TextDecoder(encoding).decode(bytes);
}

/** The line, from 1, in which the first byte stands that is no UTF-8. */
export function firstLineOutsideUtf8(bytes: Uint8Array): number {
  let start = 0;
  for (let line = 1; ; line++) {
    const end = bytes.indexOf(0x0a, start);
    if (!isUtf8(bytes.subarray(start, end < 0 ? bytes.length : end)) || end < 0) return line;
    start = end + 1;
  }
}

/** A text of mostly ASCII characters has its NULs at the same place of each unit of two or four bytes. */
function unmarkedEncodingOf(probe: Uint8Array): TextEncoding {
  if (probe.length < leastUnmarkedBytes) return 'binary';
  const shares = [0, 1, 2, 3].map((place) => {
    const column = probe.filter((_, index) => index % 4 === place);
    return column.filter((byte) => byte === 0).length / Math.max(1, column.length);
  });
  const isNul = shares.map((share) => share > 0.7);
  switch (isNul.map(Number).join('')) {
    case '0111':
      return 'utf-32le';
    case '1110':
      return 'utf-32be';
    case '0101':
      return 'utf-16le';
    case '1010':
      return 'utf-16be';
    default:
      return 'binary';
  }
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}

/** Whether every byte is a printable character of ISO 8859-1 or white space; the bytes 0x80 to 0x9F are control characters there. */
function isLatin1(bytes: Uint8Array): boolean {
  return bytes.every((byte) => (byte >= 0x20 && byte < 0x7f) || byte >= 0xa0 || (byte >= 0x09 && byte <= 0x0d));
}

function startsWith(bytes: Uint8Array, mark: readonly number[]): boolean {
  return mark.every((byte, index) => bytes[index] === byte);
}
