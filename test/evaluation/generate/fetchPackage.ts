import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A package as a registry has it, and the archive that is expected of it. */
export interface PublishedPackage {
  readonly registry: 'npm' | 'pypi' | 'debian';
  readonly name: string;
  readonly version: string;
  /** SHA-256 of the archive; without one any archive is taken. */
  readonly sha256?: string | undefined;
  /** Folder inside the unpacked archive that paths are relative to. */
  readonly root: string;
}

/** A package on disk: the folder its paths are relative to, and the checksum of the archive it came from. */
export interface FetchedPackage {
  readonly root: string;
  readonly sha256: string;
}

/**
 * Downloads a package in its published form and unpacks it; one that is in the cache is only checked. Nothing of the
 * package is run: archives are unpacked, never installed.
 *
 * @param cache folder for downloads, kept between runs.
 * @throws Error when the download fails, or the archive is not the one whose checksum is in the list.
 */
export async function fetchPackage(entry: PublishedPackage, cache: string): Promise<FetchedPackage> {
  const folder = join(cache, `${entry.registry}-${entry.name}-${entry.version}`.replace(/[^\w.-]+/g, '_'));
  const archive = (await onlyFile(folder)) ?? (await download(entry, folder));
  const sha256 = createHash('sha256')
    .update(await readFile(archive))
    .digest('hex');
  if (entry.sha256 !== undefined && entry.sha256 !== sha256) {
    throw new Error(
      `${archive} has the SHA-256 ${sha256}, the list says ${entry.sha256}; delete the file and try again.`,
    );
  }
  const unpacked = `${folder}.files`;
  await rm(unpacked, { recursive: true, force: true });
  await mkdir(unpacked, { recursive: true });
  await unpack(entry, archive, unpacked);
  return { root: join(unpacked, entry.root), sha256 };
}

async function download(entry: PublishedPackage, folder: string): Promise<string> {
  // Into a fresh folder first, so that an interrupted download never looks like a finished one.
  const partial = await mkdtemp(`${folder}.partial-`);
  const { name, version } = entry;
  if (entry.registry === 'npm') {
    await run('npm', ['pack', `${name}@${version}`, '--silent', '--ignore-scripts'], { cwd: partial });
  } else if (entry.registry === 'pypi') {
    const wheelOnly = ['--no-deps', '--only-binary', ':all:', '--disable-pip-version-check'];
    await run('pip', ['download', '--quiet', ...wheelOnly, `${name}==${version}`], { cwd: partial });
  } else {
    await run('apt-get', ['download', '-qq', `${name}=${version}`], { cwd: partial });
  }
  await rename(partial, folder);
  const archive = await onlyFile(folder);
  if (archive === undefined)
    throw new Error(`${entry.registry} gave no archive for ${name} ${version}; does that version still exist?`);
  return archive;
}

async function onlyFile(folder: string): Promise<string | undefined> {
  try {
    const [first] = await readdir(folder);
    return first === undefined ? undefined : join(folder, first);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

async function unpack(entry: PublishedPackage, archive: string, folder: string): Promise<void> {
  if (entry.registry === 'npm') {
    await run('tar', ['-xzf', archive, '--strip-components=1', '--no-same-permissions', '-C', folder]);
  } else if (entry.registry === 'pypi') {
    await run('python3', ['-m', 'zipfile', '-e', archive, folder]);
  } else {
    await run('dpkg', ['-x', archive, folder]);
  }
}
