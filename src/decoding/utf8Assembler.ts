import { toBytes } from './byteStrings';

/** Joins token bytes to text; a character split over tokens appears with the token that completes it, never half. */
export class Utf8Assembler {
  private decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  private valid = true;

  /** False once the bytes were no UTF-8; everything from there on is left out. */
  get isValid(): boolean {
    return this.valid;
  }

  /**
   * @param bytes of the next token, one character per byte.
   * @returns the characters that are whole now.
   */
  push(bytes: string): string {
    if (!this.valid) return '';
    try {
      return this.decoder.decode(toBytes(bytes), { stream: true });
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      this.valid = false;
      return '';
    }
  }
}
