import { pathToFileURL } from 'node:url';

const jsonRpc = pathToFileURL(require.resolve('vscode-jsonrpc/node')).href;

/** The beginning of an engine process that does nothing but speak the protocol; what follows ends with `connection.listen()`. */
export const enginePreamble = `
  import rpc from ${JSON.stringify(jsonRpc)};
  const connection = rpc.createMessageConnection(new rpc.IPCMessageReader(process), new rpc.IPCMessageWriter(process));
  const leave = () => process.exit(0);
  process.on('disconnect', leave);
  connection.onRequest('initialize', () => ({ model: 'fake', executionProvider: 'cpu', executionProviderReason: 'as set' }));
  connection.onRequest('score', () => ({ tokens: [] }));
`;
