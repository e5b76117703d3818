/** Entry of the engine process: serves its parent over the IPC channel, or tries one provider (`--probe`) and ends. */
import { createMessageConnection, IPCMessageReader, IPCMessageWriter } from 'vscode-jsonrpc/node';
import { logNotification } from '../channel/requests';
import type { ConcreteExecutionProvider } from '../protocol/messages';
import type { LogMessage } from '../protocol/engineLog';
import { readManifest } from '../model-store/manifest';
import { currentPlatform, platformRefusal } from './providers/platformRefusal';
import { refuse, serve } from './server';

async function main(): Promise<void> {
  if (!process.send) {
    process.stderr.write('The Top-K engine is started by Top-K itself; it does nothing alone. Use "topk --help".\n');
    process.exitCode = 2;
    return;
  }
  const [flag, provider, directory, threads] = process.argv.slice(2);
  if (flag === '--probe') {
    const { answerProbe } = await import('./providers/probeProcess');
    const executionProvider = provider as ConcreteExecutionProvider;
    const options = { directory: directory!, executionProvider, threads: Number(threads) };
    process.send(await answerProbe(await readManifest(directory!), options), () => process.exit(0));
    return;
  }
  const connection = createMessageConnection(new IPCMessageReader(process), new IPCMessageWriter(process));
  // Ctrl-C in a terminal reaches the whole process group; whether to end is the parent's to say.
  process.on('SIGINT', () => {});
  // The parent is gone, in whatever way: nobody is left to work for.
  process.on('disconnect', () => process.exit(0));
  try {
    await import('./onnx/onnxruntime');
  } catch (error) {
    return refuse(connection, platformRefusal(error as Error, currentPlatform()));
  }
  const { ModelHost } = await import('./modelHost');
  const log = (message: LogMessage): void => void connection.sendNotification(logNotification, message);
  serve(connection, new ModelHost(log));
}

void main();
