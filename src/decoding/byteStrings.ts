/**
 * Bytes as strings of one character per byte (code units 0-255), as the vocabulary has them: see Vocabulary. Here they become
 * text, and text becomes them.
 */
const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

export function toBytes(byteString: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(byteString, (character) => character.charCodeAt(0));
}

/** The UTF-8 bytes of a text. */
export function utf8Bytes(text: string): string {
  return Array.from(encoder.encode(text), (byte) => String.fromCharCode(byte)).join('');
}

/** The text of UTF-8 bytes; U+FFFD for what is none. */
export function utf8Text(byteString: string): string {
  return decoder.decode(toBytes(byteString));
}
