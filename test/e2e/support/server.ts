import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { type Installation, readInstallation } from './installation';
import { until } from './until';

export interface ServerOptions {
  /** Packages to install, as a user would from the Extensions view. */
  vsix?: readonly string[];
  /** Unpacked extensions; the folder is copied. */
  extensions?: readonly string[];
  /** User settings, on top of QUIET_SETTINGS. They cannot be changed on disk while the server runs. */
  settings?: Readonly<Record<string, unknown>>;
  /** Settings of machine scope (topK.model, openOnInstall), which a server reads from a file of their own. */
  machineSettings?: Readonly<Record<string, unknown>>;
  /** Files of the workspace, by path relative to it. */
  files?: Readonly<Record<string, string>>;
  /** Environment of the extension host, on top of this process's own. */
  env?: Readonly<Record<string, string>>;
  /** --enable-smoke-test-driver: needed for an extension host test run. It suppresses toasts and dialogs. */
  smokeTestDriver?: boolean;
  installation?: Installation;
}

/** A VS Code server with profile, extensions and workspace of its own, in a temporary folder. */
export interface WorkbenchServer {
  readonly port: number;
  readonly workspace: string;
  /** Address of the workbench with the workspace open, and further query parameters. */
  url(query?: Readonly<Record<string, string>>): string;
  /** Merges into the workspace's .vscode/settings.json; the workbench notices within a second. undefined removes. */
  setWorkspaceSettings(settings: Readonly<Record<string, unknown>>): void;
  /** What the server has printed. */
  output(): string;
  /** Ends the server with all its child processes and removes the temporary folder. */
  stop(): Promise<void>;
}

/** Nothing that asks, tells, updates or looks for the network, and a caret that does not blink in pictures. */
const QUIET_SETTINGS = {
  'workbench.startupEditor': 'none',
  'workbench.reduceMotion': 'on',
  'workbench.tips.enabled': false,
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'update.mode': 'none',
  'git.enabled': false,
  'git.openRepositoryInParentFolders': 'never',
  'chat.disableAIFeatures': true,
  // Otherwise a toast for every port that any other process on the machine opens.
  'remote.autoForwardPorts': false,
  'editor.cursorBlinking': 'solid',
  'files.autoSave': 'off',
  'files.simpleDialog.enable': true,
};

const QUIET_MACHINE_SETTINGS = { 'workbench.welcomePage.walkthroughs.openOnInstall': false };

const START_TIMEOUT_MS = 120_000;
const STOP_TIMEOUT_MS = 5_000;

/** Starts a VS Code server on a free port of the loopback interface and waits until it answers. */
export async function startServer(options: ServerOptions = {}): Promise<WorkbenchServer> {
  const installation = options.installation ?? readInstallation();
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'workbench-'));
  const folders = {
    workspace: path.join(home, 'workspace'),
    extensions: path.join(home, 'extensions'),
    user: path.join(home, 'user'),
  };
  writeProfile(folders, options);

  const env = cleanEnvironment(home, options.env);
  const profile = [
    '--accept-server-license-terms',
    '--server-data-dir',
    path.join(home, 'server'),
    '--user-data-dir',
    folders.user,
    '--extensions-dir',
    folders.extensions,
  ];
  for (const vsix of options.vsix ?? [])
    execFileSync(installation.node, [installation.server, ...profile, '--install-extension', path.resolve(vsix)], {
      env,
      stdio: 'pipe',
    });

  const port = await freePort();
  const flags = [
    '--host',
    '127.0.0.1',
    '--port',
    String(port),
    '--without-connection-token',
    '--disable-telemetry',
    '--disable-experiments',
    '--disable-workspace-trust',
    // Should this process be killed, the server ends by itself some minutes later.
    '--enable-remote-auto-shutdown',
    '--reconnection-grace-time',
    '60',
  ];
  if (options.smokeTestDriver) flags.push('--enable-smoke-test-driver');
  const outputFile = path.join(home, 'server.log');
  const output = fs.openSync(outputFile, 'w');
  // A process group of its own, so that stop() reaches the extension host and what that has started.
  const child = spawn(installation.node, [installation.server, ...flags, ...profile], {
    env,
    stdio: ['ignore', output, output],
    detached: true,
  });
  fs.closeSync(output);
  const killAtExit = () => signalGroup(child, 'SIGKILL');
  process.once('exit', killAtExit);

  const server: WorkbenchServer = {
    port,
    workspace: folders.workspace,
    url: (query = {}) =>
      `http://127.0.0.1:${port}/?${new URLSearchParams({ folder: folders.workspace, ...query }).toString()}`,
    setWorkspaceSettings: (settings) => mergeSettings(path.join(folders.workspace, '.vscode/settings.json'), settings),
    output: () => fs.readFileSync(outputFile, 'utf8'),
    stop: async () => {
      await endProcess(child);
      process.off('exit', killAtExit);
      fs.rmSync(home, { recursive: true, force: true, maxRetries: 5 });
    },
  };
  try {
    await until(
      'the VS Code server to answer',
      async () => child.exitCode !== null || (await fetch(`http://127.0.0.1:${port}/version`)).ok,
      START_TIMEOUT_MS,
    );
    if (child.exitCode !== null) throw new Error(`The VS Code server ended with ${child.exitCode}.`);
  } catch (error) {
    const printed = server.output().slice(-2000);
    await server.stop();
    throw new Error(`The VS Code server did not start:\n${printed}`, { cause: error });
  }
  return server;
}

function writeProfile(folders: { workspace: string; extensions: string; user: string }, options: ServerOptions): void {
  for (const folder of Object.values(folders)) fs.mkdirSync(folder, { recursive: true });
  mergeSettings(path.join(folders.user, 'User/settings.json'), { ...QUIET_SETTINGS, ...options.settings });
  mergeSettings(path.join(folders.user, 'Machine/settings.json'), {
    ...QUIET_MACHINE_SETTINGS,
    ...options.machineSettings,
  });
  for (const [name, text] of Object.entries(options.files ?? {})) {
    const file = path.join(folders.workspace, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
  }
  for (const source of options.extensions ?? []) {
    const manifest = JSON.parse(fs.readFileSync(path.join(source, 'package.json'), 'utf8')) as Record<string, string>;
    const name = `${manifest['publisher']}.${manifest['name']}-${manifest['version']}`;
    fs.cpSync(source, path.join(folders.extensions, name), { recursive: true });
  }
}

/** The environment without the variables of a VS Code that this may run in, and with a home folder of its own. */
function cleanEnvironment(home: string, extra: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(VSCODE_|VITEST|NODE_OPTIONS$)/.test(name));
  return {
    ...Object.fromEntries(inherited),
    HOME: home,
    XDG_CONFIG_HOME: path.join(home, 'xdg'),
    XDG_DATA_HOME: path.join(home, 'xdg'),
    XDG_CACHE_HOME: path.join(home, 'xdg'),
    ...extra,
  };
}

function mergeSettings(file: string, settings: Readonly<Record<string, unknown>>): void {
  const before = fs.existsSync(file) ? (JSON.parse(fs.readFileSync(file, 'utf8')) as object) : {};
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, JSON.stringify({ ...before, ...settings }, null, 2));
}

async function freePort(): Promise<number> {
  const probe = net.createServer();
  await new Promise<void>((resolve, reject) => probe.once('error', reject).listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as net.AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

async function endProcess(child: ChildProcess): Promise<void> {
  if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) {
    const ended = once(child, 'exit');
    signalGroup(child, 'SIGTERM');
    const impatience = setTimeout(() => signalGroup(child, 'SIGKILL'), STOP_TIMEOUT_MS);
    await ended;
    clearTimeout(impatience);
  }
  signalGroup(child, 'SIGKILL'); // what it has started and left behind
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error; // ESRCH: the whole group is gone already
  }
}
