import { fstatSync, writeSync } from 'node:fs';
import { type CliError, failure } from './cliError';
import type { OutputStream } from './terminal/terminal';

/**
 * Standard output. Into a file it is written here, to the last byte: Node takes a short write, as a disk that becomes full
 * gives, for a whole one.
 */
export function standardOutput(stream: NodeJS.WriteStream & { readonly fd: number }): OutputStream {
  if (stream.isTTY || isPipe(stream.fd)) return stream;
  return {
    isTTY: false,
    write(text) {
      writeWhole(stream.fd, Buffer.from(text));
      return true;
    },
  };
}

/** What to say when standard output fails. */
export function outputFailure(error: unknown): CliError {
  const code = (error as NodeJS.ErrnoException).code ?? String(error);
  const cause = code === 'ENOSPC' ? 'no space is left on the device' : code;
  return failure(`Standard output cannot be written (${cause}); what it holds is not complete.`);
}

function isPipe(fd: number): boolean {
  const status = fstatSync(fd);
  return status.isFIFO() || status.isSocket();
}

function writeWhole(fd: number, bytes: Uint8Array): void {
  try {
    for (let written = 0; written < bytes.length;) written += writeSync(fd, bytes, written);
  } catch (error) {
    throw outputFailure(error);
  }
}
