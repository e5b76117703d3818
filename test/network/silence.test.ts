import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { observe } from './support/observe';
import { prepare } from './support/prepare';
import { scenarios } from './support/scenarios';
import type { Breach } from './support/systemCalls';

/** One line for each thing that was done, with the first call that did it. */
function listed(breaches: readonly Breach[]): string[] {
  const first = new Map(breaches.map((breach) => [`${breach.kind}: ${breach.what}`, breach.call] as const).reverse());
  return [...first].reverse().map(([what, call]) => `${what}   [${call.slice(0, 200)}]`);
}

describe.skipIf(process.platform !== 'linux')(
  'No network and no foreign file (watched by strace, so on Linux only)',
  () => {
    let prepared: Awaited<ReturnType<typeof prepare>>;
    beforeAll(async () => {
      prepared = await prepare();
    });
    afterAll(() => prepared?.remove());

    it.each(scenarios)('$name', async ({ command, ownFolders, exitCode, expectedOutput }) => {
      const observed = await observe((folders) => command(prepared, folders), ownFolders);
      expect(listed(observed.breaches)).toEqual([]);
      expect(observed.leftFiles).toEqual([]);
      // It did its work, and the work is what was watched.
      expect(observed).toMatchObject({ exitCode });
      expect(observed.output).toMatch(expectedOutput);
    });

    it('would be seen: a socket, a look-up, files here and there', async () => {
      const script = `
      const fs = require('fs'), path = require('path');
      require('child_process').execFileSync(process.execPath, ['-e', 'require("net").connect(9, "127.0.0.1").on("error", () => {})']);
      const udp = require('dgram').createSocket('udp6');
      udp.on('error', () => udp.close()).send('x', 9, '::1', () => udp.close());
      require('dns').lookup('localhost', () => {});
      fs.writeFileSync('here', 'x');
      fs.writeFileSync(path.join(process.env.TMPDIR, 'gone'), 'x');
      fs.rmSync(path.join(process.env.TMPDIR, 'gone'));
      fs.mkdirSync(path.join(process.env.XDG_CACHE_HOME, 'top-k', 'allowed'), { recursive: true });
      fs.writeFileSync(path.join(process.env.XDG_CACHE_HOME, 'top-k', 'allowed', 'file'), 'x');
      fs.renameSync(path.join(process.env.XDG_CACHE_HOME, 'top-k', 'allowed', 'file'), path.join(process.env.HOME, 'moved'));`;
      const observed = await observe(
        () => ['-e', script],
        ({ cache }) => [path.join(cache, 'top-k')],
      );
      const found = observed.breaches.map(({ kind, what }) => `${kind}: ${path.basename(what)}`);
      expect(observed).toMatchObject({ exitCode: 0, messages: '' });
      expect(found).toEqual(expect.arrayContaining(['network: AF_INET', 'network: 127.0.0.1', 'network: AF_INET6']));
      expect(found).toEqual(expect.arrayContaining(['file: here', 'file: gone', 'file: moved']));
      expect(found).toContain('name look-up: socket');
      expect(found).not.toContain('file: file');
      expect(observed.leftFiles.map((file) => path.basename(file)).sort()).toEqual(['here', 'moved']);
    });
  },
);
