import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
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

  it('stops at the limit', async () => {
    await expect(readStandardInput(chunks(Buffer.alloc(10)), 9)).rejects.toThrow('standard input is larger');
  });
});
