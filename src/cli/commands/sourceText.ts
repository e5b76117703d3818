import { readFile, stat } from 'node:fs/promises';
import { failure } from '../cliError';
import { formatBytes } from '../../text/formatNumber';
import { escapeControls } from '../terminal/terminalText';

/** Above this a file is no source text, and a caret in it is no use case. */
export const maximumSourceBytes = 64 * 1024 * 1024;

/** Git's rule: a NUL in the first 8,000 bytes makes a file binary (`buffer_is_binary` in git's xdiff-interface.c). */
const binaryProbeBytes = 8000;

/**
 * Reads a text file: UTF-8, or UTF-16 where a byte order mark says so; the mark is no part of the text.
 * @throws CliError for what is missing, no regular file, unreadable, above `maximumBytes` or binary.
 */
export async function readSourceFile(path: string, maximumBytes = maximumSourceBytes): Promise<string> {
  const name = escapeControls(path);
  try {
    // Asked before it is opened: opening a pipe that nobody writes to would wait for ever.
    const status = await stat(path);
    if (status.isDirectory()) throw failure(`${name} is a directory; name a text file in it.`);
    if (!status.isFile()) throw failure(`${name} is no regular file; pipe its text in and give - as the file.`);
    if (status.size > maximumBytes) throw failure(tooLarge(name, formatBytes(status.size), maximumBytes));
    const bytes = await readFile(path);
    const text = decodeText(bytes);
    if (text.encoding === 'utf-8' && bytes.subarray(0, binaryProbeBytes).includes(0)) {
      throw failure(`${name} is a binary file (it has NUL bytes); name a text file, in UTF-8.`);
    }
    return text.text;
  } catch (error) {
    throw readFailure(error, name);
  }
}

/**
 * Reads all of standard input as text. Nothing is taken for binary here: a NUL in it is a character of the text.
 * @throws CliError above `maximumBytes`.
 */
export async function readStandardInput(
  input: AsyncIterable<Uint8Array | string>,
  maximumBytes = maximumSourceBytes,
): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of input) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > maximumBytes) throw failure(tooLarge('standard input', 'larger', maximumBytes));
    chunks.push(bytes);
  }
  return decodeText(Buffer.concat(chunks)).text;
}

function decodeText(bytes: Uint8Array): { text: string; encoding: string } {
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
  return { text: new TextDecoder(encoding).decode(bytes), encoding };
}

function tooLarge(name: string, size: string, maximumBytes: number): string {
  return `${name} is ${size}, and at most ${formatBytes(maximumBytes)} is read; pass the part that matters.`;
}

function readFailure(error: unknown, name: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return failure(`${name} does not exist; check the path.`);
    case 'EACCES':
    case 'EPERM':
      return failure(`${name} may not be read by this user; check its permissions.`);
    case undefined:
      return error;
    default:
      return failure(`${name} cannot be read (${String(code)}); check the path and the file.`);
  }
}
