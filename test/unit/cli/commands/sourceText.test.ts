import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSourceFile, readStandardInput } from '../../../../src/cli/commands/sourceText';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'topk-source-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function fileOf(name: string, content: string | Uint8Array): Promise<string> {
  const file = path.join(folder, name);
  await writeFile(file, content);
  return file;
}

describe('readSourceFile', () => {
  it('reads UTF-8 without its byte order mark, and keeps line ends', async () => {
    expect(await readSourceFile(await fileOf('a', '\ufeffé\r\n😀'))).toBe('é\r\n😀');
    expect(await readSourceFile(await fileOf('empty', ''))).toBe('');
  });

  it('reads UTF-16 where a byte order mark says so, as PowerShell writes it', async () => {
    expect(await readSourceFile(await fileOf('le', Buffer.from('\ufeffdé', 'utf16le')))).toBe('dé');
    expect(await readSourceFile(await fileOf('be', Buffer.from('\ufeffdé', 'utf16le').swap16()))).toBe('dé');
  });

  it('takes a NUL in the first 8,000 bytes for a binary file, and a later one for text', async () => {
    await expect(readSourceFile(await fileOf('bin', 'ab\0c'))).rejects.toThrow('is a binary file');
    const late = 'x'.repeat(8000) + '\0';
    expect(await readSourceFile(await fileOf('late', late))).toBe(late);
  });

  it('reads UTF-16 without a mark by its NULs', async () => {
    const text = Buffer.from('const résumé = 1;\n', 'utf16le');
    expect(await readSourceFile(await fileOf('le-unmarked', text))).toBe('const résumé = 1;\n');
    expect(await readSourceFile(await fileOf('be-unmarked', Buffer.from(text).swap16()))).toBe('const résumé = 1;\n');
  });

  it.each([true, false])('names UTF-32 as what it is, byte order mark or not (%s)', async (isMarked) => {
    const text = `${isMarked ? '\ufeff' : ''}print("é", "👩")\n`;
    const littleEndian = Buffer.concat(Array.from(text, (character) => utf32(character.codePointAt(0)!)));
    await expect(readSourceFile(await fileOf('le32', littleEndian))).rejects.toMatchObject({
      exitCode: 1,
      message: expect.stringContaining('is in UTF-32, which is not read; convert it to UTF-8 first: iconv -f UTF-32'),
    });
    const bigEndian = Buffer.from(littleEndian).swap32();
    await expect(readSourceFile(await fileOf('be32', bigEndian))).rejects.toThrow('is in UTF-32');
  });

  it('names Latin-1 as what it is, with the line', async () => {
    const file = await fileOf('latin1.py', Buffer.from('# a\nouvert = "Le café"\n', 'latin1'));
    await expect(readSourceFile(file)).rejects.toMatchObject({
      exitCode: 1,
      message: expect.stringMatching(
        /latin1\.py is not in UTF-8 \(line 2\), but in Latin-1 by the look of it; .*ISO-8859-1.*\.$/,
      ),
    });
  });

  it('refuses other encodings, and UTF-8 that is damaged, with the line', async () => {
    const windows = await fileOf('windows.txt', Buffer.from([0x93, 0x68, 0x69, 0x94, 0x0a]));
    await expect(readSourceFile(windows)).rejects.toThrow('is not in UTF-8 (line 1); convert it');
    const cut = await fileOf('cut.txt', Buffer.from('é\nü\n👩').subarray(0, -1));
    await expect(readSourceFile(cut)).rejects.toThrow('is not in UTF-8 (line 3)');
  });

  it('says which file is missing, a folder, or too large, with exit code 1', async () => {
    const missing = path.join(folder, 'no', 'such');
    await expect(readSourceFile(missing)).rejects.toMatchObject({
      exitCode: 1,
      message: expect.stringContaining(missing),
    });
    await mkdir(path.join(folder, 'directory'));
    await expect(readSourceFile(path.join(folder, 'directory'))).rejects.toThrow('is a directory');
    await expect(readSourceFile(path.join(await fileOf('f', 'x'), 'below'))).rejects.toThrow('does not exist');
    await expect(readSourceFile(await fileOf('large', 'x'.repeat(3000)), 2048)).rejects.toThrow(
      /large is 2\.9 kB, and at most 2\.0 kB/,
    );
  });

  it.skipIf(process.platform === 'win32')('does not wait for a pipe that nobody writes to', async () => {
    const pipe = path.join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    await expect(readSourceFile(pipe)).rejects.toThrow('is no regular file');
  });
});

describe('readStandardInput', () => {
  async function* chunks(...parts: Uint8Array[]): AsyncGenerator<Uint8Array> {
    yield* parts;
  }

  it('joins characters that arrive in two pieces, and keeps NULs', async () => {
    const bytes = Buffer.from('é\0x');
    expect(await readStandardInput(chunks(bytes.subarray(0, 1), bytes.subarray(1)))).toBe('é\0x');
    expect(await readStandardInput(chunks())).toBe('');
  });

  it('keeps what is no character as U+FFFD, but refuses UTF-32 and Latin-1', async () => {
    expect(await readStandardInput(chunks(Buffer.from([0x61, 0, 0x80, 0x0a])))).toBe('a\0\ufffd\n');
    expect(await readStandardInput(chunks(Buffer.from('a\0b\0c\0d\0e\0f\0g\0h\0i\0')))).toContain('\0');
    await expect(readStandardInput(chunks(Buffer.from('café', 'latin1')))).rejects.toThrow(
      /^Standard input is not in UTF-8 \(line 1\), but in Latin-1/,
    );
    await expect(readStandardInput(chunks(utf32(0xfeff), utf32(0x61)))).rejects.toThrow('is in UTF-32');
  });

  it('says that it is a directory, for which Node gives an empty stream', async () => {
    const handle = await open(folder, 'r');
    try {
      const input = { fd: handle.fd, [Symbol.asyncIterator]: () => chunks() };
      await expect(readStandardInput(input)).rejects.toMatchObject({
        exitCode: 1,
        message: 'Standard input is a directory; pipe a text in, or name a file.',
      });
    } finally {
      await handle.close();
    }
  });

  it('stops at the limit', async () => {
    await expect(readStandardInput(chunks(Buffer.alloc(10)), 9)).rejects.toThrow('Standard input is larger');
  });
});

function utf32(codePoint: number): Buffer {
  const unit = Buffer.alloc(4);
  unit.writeUInt32LE(codePoint);
  return unit;
}
