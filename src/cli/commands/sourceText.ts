import { fstatSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { failure } from '../cliError';
import { workingDirectory } from '../directories';
import { formatBytes } from '../../text/formatNumber';
import type { InputStream } from '../terminal/terminal';
import { escapeControls } from '../terminal/terminalText';
import { decodeText, encodingOf, firstLineOutsideUtf8, markedEncodingOf } from './textEncoding';

/** Above this a file is no source text, and a caret in it is no use case. */
export const maximumSourceBytes = 64 * 1024 * 1024;

/**
 * Reads a text file: UTF-8, or UTF-16 where its byte order mark says so; the mark is no part of the text.
 * @throws CliError for what is missing, no regular file, unreadable, above `maximumBytes`, binary or in another encoding.
 */
export async function readSourceFile(file: string, maximumBytes = maximumSourceBytes): Promise<string> {
  const name = escapeControls(file);
  try {
    // Asked before it is opened: opening a pipe that nobody writes to would wait for ever.
    const status = await stat(file);
    if (status.isDirectory()) throw failure(`${name} is a directory; name a text file in it.`);
    if (!status.isFile()) throw failure(`${name} is no regular file; pipe its text in and give - as the file.`);
    if (status.size > maximumBytes) throw failure(tooLarge(name, formatBytes(status.size), maximumBytes));
    const bytes = await readFile(file);
    return textOf(bytes, name, encodingOf(bytes));
  } catch (error) {
    throw readFailure(error, name, path.isAbsolute(file) ? '/' : workingDirectory());
  }
}

/**
 * Reads all of standard input as text. It may hold any bytes: a NUL is a character of the text, and what is no UTF-8 becomes
 * U+FFFD. Only what is plainly a text in another encoding is refused.
 * @throws CliError above `maximumBytes`, for a directory, and for UTF-32 and Latin-1.
 */
export async function readStandardInput(
  input: Pick<InputStream, 'fd' | typeof Symbol.asyncIterator>,
  maximumBytes = maximumSourceBytes,
): Promise<string> {
  // Node gives an empty stream for a directory.
  if (input.fd !== undefined && fstatSync(input.fd).isDirectory()) {
    throw failure('Standard input is a directory; pipe a text in, or name a file.');
  }
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of input) {
      const bytes = Buffer.from(chunk);
      size += bytes.length;
      if (size > maximumBytes) throw failure(tooLarge('Standard input', 'larger', maximumBytes));
      chunks.push(bytes);
    }
  } catch (error) {
    throw readFailure(error, 'Standard input', '/');
  }
  const bytes = Buffer.concat(chunks);
  const encoding = bytes.includes(0) ? markedEncodingOf(bytes) : encodingOf(bytes);
  return textOf(bytes, 'Standard input', encoding ?? 'utf-8');
}

function textOf(bytes: Uint8Array, name: string, encoding: ReturnType<typeof encodingOf>): string {
  switch (encoding) {
    case 'utf-8':
    case 'utf-16le':
    case 'utf-16be':
      return decodeText(bytes, encoding);
    case 'utf-32le':
    case 'utf-32be':
      throw failure(`${name} is in UTF-32, which is not read; convert it to UTF-8 first: ${convert('UTF-32')}.`);
    case 'latin-1':
      throw failure(
        `${name} is not in UTF-8 (line ${firstLineOutsideUtf8(bytes)}), but in Latin-1 by the look of it; convert it first: ${convert('ISO-8859-1')}.`,
      );
    case 'binary':
      throw failure(`${name} is a binary file (it has NUL bytes); name a text file, in UTF-8.`);
    case undefined:
      throw failure(
        `${name} is not in UTF-8 (line ${firstLineOutsideUtf8(bytes)}); convert it from the encoding that it has, such as: ${convert('CP1252')}.`,
      );
  }
}

function convert(encoding: string): string {
  return `iconv -f ${encoding} -t UTF-8`;
}

function tooLarge(name: string, size: string, maximumBytes: number): string {
  return `${name} is ${size}, and at most ${formatBytes(maximumBytes)} is read; pass the part that matters.`;
}

/** @param base the folder that the name starts from; undefined where it was deleted. */
function readFailure(error: unknown, name: string, base: string | undefined): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      if (base === undefined) {
        return failure(`${name} starts from the working directory, which was deleted; give an absolute path.`);
      }
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
