import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import {
  createMessageConnection,
  IPCMessageReader,
  IPCMessageWriter,
  type MessageConnection,
} from 'vscode-jsonrpc/node';

/** Characters of stderr kept for the message about a crash; V8 writes a long native stack after its reason. */
const keptErrorOutput = 16_000;
/** An engine in the middle of a run sees the closed channel at its end; it gets this long before it is killed. */
const killAfterMs = 2_000;

/** How an engine process ended. */
export interface EngineExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly errorOutput: string;
}

/** One run of the engine process, and the connection to it. */
export class EngineProcess {
  readonly connection: MessageConnection;
  readonly exited: Promise<EngineExit>;
  private readonly child: ChildProcess;
  private errorOutput = '';

  constructor(enginePath: string) {
    this.child = fork(enginePath, [], {
      // Not the extension host's own flags: they would stop a plain Node process from starting.
      execArgv: inspectFlags(process.env['TOPK_INSPECT_ENGINE']),
      serialization: 'advanced',
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.child.stderr!.setEncoding('utf8').on('data', (text: string) => {
      this.errorOutput = (this.errorOutput + text).slice(-keptErrorOutput);
    });
    this.exited = new Promise((resolve) => {
      this.child.once('error', (error) => resolve({ code: null, signal: null, errorOutput: error.message }));
      this.child.once('close', (code, signal) => resolve({ code, signal, errorOutput: this.errorOutput.trim() }));
    });
    this.connection = createMessageConnection(new IPCMessageReader(this.child), new IPCMessageWriter(this.child));
    // A write to a process that just died is answered by `exited`, which says why; here it would only be said twice.
    this.connection.onError(() => {});
    this.connection.listen();
  }

  get id(): number | undefined {
    return this.child.pid;
  }

  /** False as soon as nothing can be sent any more, which is seen before the end of the process is. */
  get isConnected(): boolean {
    return this.child.connected;
  }

  /** Closes the channel, which the engine leaves by; kills it if it does not. */
  async end(): Promise<void> {
    this.connection.dispose();
    if (this.child.connected) this.child.disconnect();
    const { pid, exitCode, signalCode } = this.child;
    if (pid === undefined || exitCode !== null || signalCode !== null) return;
    const kill = setTimeout(() => this.child.kill('SIGKILL'), killAfterMs);
    // Not `exited`: a channel that this side closed keeps `close` from coming.
    await once(this.child, 'exit');
    clearTimeout(kill);
  }
}

/**
 * Flags that let a debugger attach to the engine.
 * @param port of this machine, from the environment; without a number the engine cannot be inspected.
 */
export function inspectFlags(port: string | undefined): string[] {
  return port !== undefined && /^\d+$/.test(port) ? [`--inspect=127.0.0.1:${port}`] : [];
}
