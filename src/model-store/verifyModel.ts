import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type ModelManifest, readManifest } from './manifest';
import { ModelError, reinstall } from './modelError';
import { readRemembered, rememberResults } from './rememberedResults';

export interface VerifyOptions {
  /** Where the result is remembered; a file whose size and time of change are the same is not hashed again. */
  readonly cacheDirectory: string | undefined;
  onProgress?(fraction: number): void;
  /** Stops between two pieces of a file. */
  readonly signal?: AbortSignal;
}

interface FileStamp {
  readonly size: number;
  readonly modifiedMs: number;
}
interface VerifiedFile extends FileStamp {
  readonly sha256: string;
}

/**
 * Checks every file of a model against its manifest: size first, then SHA-256, read in a stream.
 * @throws ModelError naming the file and what is wrong with it.
 */
export async function verifyModel(directory: string, options: VerifyOptions): Promise<ModelManifest> {
  const manifest = await readManifest(directory);
  const stampFile = options.cacheDirectory && path.join(options.cacheDirectory, 'verified-models.json');
  const known = await readRemembered<VerifiedFile>(stampFile);
  const fresh: Record<string, VerifiedFile> = {};
  const total = manifest.files.reduce((sum, { bytes }) => sum + bytes, 0);
  let done = 0;
  for (const { path: name, bytes, sha256 } of manifest.files) {
    const file = path.join(directory, name);
    const stamp = await stampOf(file, bytes);
    const before = known[file];
    const isKnown = before?.size === stamp.size && before.modifiedMs === stamp.modifiedMs && before.sha256 === sha256;
    if (!isKnown) {
      const actual = await hash(file, (read) => options.onProgress?.((done + read) / total), options.signal);
      if (actual !== sha256) {
        throw new ModelError(
          `${file} was altered or damaged: its SHA-256 is ${actual.slice(0, 12)}…, not ${sha256.slice(0, 12)}…. ${reinstall}`,
        );
      }
      fresh[file] = { ...stamp, sha256 };
    }
    done += bytes;
    options.onProgress?.(done / total);
  }
  if (Object.keys(fresh).length > 0) await rememberResults(stampFile, fresh);
  return manifest;
}

async function stampOf(file: string, expectedBytes: number): Promise<FileStamp> {
  let found;
  try {
    found = await stat(file);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT') throw new ModelError(`${file} is missing. ${reinstall}`);
    throw new ModelError(`${file} cannot be read (${code ?? String(error)}).`);
  }
  if (!found.isFile()) throw new ModelError(`${file} is not a file. ${reinstall}`);
  if (found.size !== expectedBytes) {
    throw new ModelError(
      `${file} is truncated or altered: it has ${found.size} bytes, not ${expectedBytes}. ${reinstall}`,
    );
  }
  return { size: found.size, modifiedMs: found.mtimeMs };
}

async function hash(file: string, onRead: (bytes: number) => void, signal?: AbortSignal): Promise<string> {
  const sha256 = createHash('sha256');
  const source = createReadStream(file, { highWaterMark: 1 << 20 });
  let read = 0;
  source.on('data', (chunk) => onRead((read += chunk.length)));
  await pipeline(source, sha256, { ...(signal && { signal }) });
  return sha256.digest('hex');
}
