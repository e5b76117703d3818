import os from 'node:os';
import path from 'node:path';

/** Where this platform keeps what can be made again: XDG_CACHE_HOME, ~/Library/Caches or LOCALAPPDATA, and `top-k` in it. */
export function cacheDirectory(
  platform: NodeJS.Platform,
  environment: Readonly<Record<string, string | undefined>>,
  home = os.homedir(),
): string {
  if (platform === 'win32') {
    return path.join(environment['LOCALAPPDATA'] || path.join(home, 'AppData', 'Local'), 'top-k', 'cache');
  }
  if (platform === 'darwin') return path.join(home, 'Library', 'Caches', 'top-k');
  const xdg = environment['XDG_CACHE_HOME'];
  // The XDG base directory specification has relative paths ignored.
  return path.join(xdg && path.isAbsolute(xdg) ? xdg : path.join(home, '.cache'), 'top-k');
}
