import os from 'node:os';
import path from 'node:path';

/** The folder that relative paths start from; nothing where it was deleted under the running shell. */
export function workingDirectory(): string | undefined {
  try {
    return process.cwd();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * The user's home as an absolute path. An empty or relative HOME means no folder, so the user database is asked then; nothing
 * where that has none either, as for the numbered users of containers.
 */
export function homeDirectory(): string | undefined {
  return absoluteOrNothing(() => os.homedir()) ?? absoluteOrNothing(() => os.userInfo().homedir);
}

function absoluteOrNothing(read: () => string): string | undefined {
  try {
    const home = read();
    return path.isAbsolute(home) ? home : undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_SYSTEM_ERROR') return undefined;
    throw error;
  }
}

/**
 * Where this platform keeps what can be made again: XDG_CACHE_HOME, ~/Library/Caches or LOCALAPPDATA, and `top-k` in it.
 * @returns nothing where it would be below a home that there is not.
 */
export function cacheDirectory(
  platform: NodeJS.Platform,
  environment: Readonly<Record<string, string | undefined>>,
  home: string | undefined,
): string | undefined {
  const base = cacheBase(platform, environment) ?? (home && path.join(home, ...cacheBelowHome(platform)));
  if (!base) return undefined;
  return path.join(base, 'top-k', ...(platform === 'win32' ? ['cache'] : []));
}

function cacheBase(
  platform: NodeJS.Platform,
  environment: Readonly<Record<string, string | undefined>>,
): string | undefined {
  if (platform === 'darwin') return undefined;
  const base = environment[platform === 'win32' ? 'LOCALAPPDATA' : 'XDG_CACHE_HOME'];
  // The XDG base directory specification has relative paths ignored.
  return base && path.isAbsolute(base) ? base : undefined;
}

function cacheBelowHome(platform: NodeJS.Platform): string[] {
  if (platform === 'win32') return ['AppData', 'Local'];
  return platform === 'darwin' ? ['Library', 'Caches'] : ['.cache'];
}
