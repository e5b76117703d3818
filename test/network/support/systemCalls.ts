import path from 'node:path';

/** Something that a program did and may not do without consent. */
export interface Breach {
  readonly kind: 'network' | 'name look-up' | 'file';
  /** The family or address, or the path. */
  readonly what: string;
  /** The line that strace wrote. */
  readonly call: string;
}

/** System calls that `findBreaches` reads: all that make a socket, and all that make, change or remove a file. */
export const tracedCalls = [
  ...['socket', 'connect', 'bind', 'sendto', 'sendmsg', 'sendmmsg'],
  ...[
    'openat',
    'openat2',
    '?open',
    '?creat',
    'mkdirat',
    '?mkdir',
    'unlinkat',
    '?unlink',
    '?rmdir',
    'mknodat',
    '?mknod',
  ],
  ...['renameat2', 'renameat', '?rename', 'linkat', '?link', 'symlinkat', '?symlink', 'truncate', 'ftruncate'],
  // Reads and writes past the system calls above.
  'io_uring_setup',
];

/** Files that are on no disk. */
const devices = /^\/(dev\/(null|tty|zero|u?random|pts\/|shm\/|dri\/|nvidia|kfd)|proc\/)/;
const writingFlags = /O_(WRONLY|RDWR|CREAT|TRUNC|APPEND|TMPFILE)/;
const nameServices = /\/(nscd|systemd\/resolve|avahi-daemon|sssd|lib\/sss)\b/;

/**
 * What the lines of `strace -f -y` tell of sockets other than local ones, look-ups of names, and files written outside
 * the allowed folders. An attempt counts like a success. A folder that ends in `-` is the beginning of a temporary one's name.
 */
export function findBreaches(trace: string, allowedFolders: readonly string[]): Breach[] {
  const isAllowed = (file: string): boolean =>
    devices.test(file) ||
    allowedFolders.some((folder) => file === folder || file.startsWith(folder.endsWith('-') ? folder : `${folder}/`));
  return trace.split('\n').flatMap((call): Breach[] => {
    const [, name, parameters] = /^(?:\d+ +)?(\w+)\((.*)$/.exec(call) ?? [];
    if (!name || parameters === undefined) return [];
    if (name === 'socket') {
      const family = /^\w+/.exec(parameters)?.[0] ?? parameters;
      return family === 'AF_UNIX' ? [] : [{ kind: 'network', what: family, call }];
    }
    if (/^(connect|bind|send\w+)$/.test(name)) {
      const service = /sun_path=@?"([^"]*)"/.exec(parameters)?.[1];
      if (service && nameServices.test(service)) return [{ kind: 'name look-up', what: service, call }];
      if (!/sa_family=AF_INET6?\b/.test(parameters)) return [];
      const address = /inet_(?:addr\(|pton\(AF_INET6, )"([^"]*)"/.exec(parameters)?.[1] ?? 'unknown address';
      return [{ kind: isNameServer(parameters) ? 'name look-up' : 'network', what: address, call }];
    }
    if (name === 'io_uring_setup') return [{ kind: 'file', what: 'io_uring, which hides what is written', call }];
    if (name.startsWith('open') && !writingFlags.test(parameters)) return [];
    return pathsOf(parameters)
      .filter((file) => !isAllowed(file))
      .map((what) => ({ kind: 'file', what, call }));
  });
}

function isNameServer(parameters: string): boolean {
  return /sin6?_port=htons\(53\)/.test(parameters);
}

/** The absolute paths among the parameters: quoted ones, below the folder that `-y` shows before them. */
function pathsOf(parameters: string): string[] {
  const quoted = [...parameters.matchAll(/(?:(?:AT_FDCWD|\d+)<([^>]*)>, )?"((?:[^"\\]|\\.)*)"/g)];
  if (quoted.length > 0) return quoted.map(([, folder, file]) => path.resolve(folder || '/', file!));
  const descriptor = /^\d+<(\/[^>]*)>/.exec(parameters)?.[1];
  return descriptor ? [descriptor] : [];
}
