import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { benchDirectory, cacheDirectory, root } from '../setUp.mjs';

const startTimeoutMs = 120_000;
/** For any question to the probe, the start of the engine on a busy machine among them. */
const askTimeoutMs = 180_000;

/** Why there is no workbench here; undefined where there is one, installed if need be. */
export function whyNoWorkbench() {
  try {
    execFileSync(process.execPath, ['scripts/e2e-setup.mjs'], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    return `it could not be installed: ${String(error.stderr).trim().split('\n').at(-1)}`;
  }
  const isInstalled = existsSync(join(root, '.e2e/workbench.json'));
  return isInstalled ? undefined : `there is none for ${process.platform}-${process.arch}`;
}

/**
 * Starts a workbench with the checkout as the extension under development, and the probe in its extension host.
 *
 * @param files of the workspace: path -> text.
 * @returns `rooms`, `page`, `ask(command, input)` for the probe, `reload()` for a new extension host, and `close()`.
 */
export async function openWorkbench(files) {
  const { probe, rooms } = await bundles();
  const home = mkdtempSync(join(tmpdir(), 'bench-editor-'));
  const portFile = join(home, 'port');
  const installation = rooms.readInstallation(root);
  const env = { [rooms.PROBE_VARIABLE]: portFile };
  // Without the smoke test driver a built VS Code ignores the payload in the address.
  const server = await rooms.startServer({ smokeTestDriver: true, env, files, installation });
  let browser;
  const close = async () => {
    await browser?.close();
    await server.stop();
    rmSync(home, { recursive: true, force: true });
  };
  try {
    browser = await rooms.openBrowser({ installation });
    const { page } = browser;
    await page.exposeFunction('codeAutomationExit', () => {});
    const remote = (path) => `vscode-remote://127.0.0.1:${server.port}${path}`;
    const payload = JSON.stringify([
      ['extensionDevelopmentPath', remote(root)],
      ['extensionTestsPath', remote(probe)],
    ]);
    let port;
    const reload = async () => {
      rmSync(portFile, { force: true });
      await page.goto(server.url({ payload }));
      await rooms.ready(page);
      await rooms.until('the probe in the extension host', () => existsSync(portFile), startTimeoutMs);
      port = readFileSync(portFile, 'utf8');
    };
    await reload();
    await rooms.parkMouse(page);
    return { rooms, page, ask: (command, input) => ask(port, command, input), reload, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function ask(port, command, input = {}) {
  const body = JSON.stringify({ ...input, command });
  const signal = AbortSignal.timeout(input.timeoutMs ?? askTimeoutMs);
  const response = await fetch(`http://127.0.0.1:${port}`, { method: 'POST', body, signal }).catch((error) => {
    throw new Error(`The probe has no answer to ${body}: ${error.message}`, { cause: error });
  });
  if (!response.ok) throw new Error(`The probe failed at ${command}: ${await response.text()}`);
  return response.json();
}

/** The probe, for the host, and what drives the workbench, for this process. */
async function bundles() {
  const common = { bundle: true, platform: 'node', target: 'node20', logLevel: 'warning' };
  const source = (name) => [join(benchDirectory, 'editor', name)];
  const probe = join(cacheDirectory, 'hostProbe.cjs');
  await build({ ...common, entryPoints: source('hostProbe.ts'), outfile: probe, format: 'cjs', external: ['vscode'] });
  const outfile = join(cacheDirectory, 'editorRooms.mjs');
  await build({ ...common, entryPoints: source('editorRooms.ts'), outfile, format: 'esm', packages: 'external' });
  return { probe, rooms: await import(pathToFileURL(outfile).href) };
}
