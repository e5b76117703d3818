import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  createMessageConnection,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-jsonrpc/node';
import { toEngineError } from '../../../src/channel/rejections';
import { scoreRequest } from '../../../src/channel/requests';
import type { ModelHost } from '../../../src/engine/modelHost';
import { BadRequestError } from '../../../src/engine/requests/requestChecks';
import { serve } from '../../../src/engine/server';

let connections: MessageConnection[];
beforeEach(() => (connections = []));
afterEach(() => connections.forEach((connection) => connection.dispose()));

/** A connection to a server whose engine answers every score with this error. */
function connectionToFailing(error: Error): MessageConnection {
  const [there, back] = [new PassThrough(), new PassThrough()];
  const server = createMessageConnection(new StreamMessageReader(there), new StreamMessageWriter(back));
  const client = createMessageConnection(new StreamMessageReader(back), new StreamMessageWriter(there));
  connections.push(server, client);
  serve(server, { score: () => Promise.reject(error) } as unknown as ModelHost);
  client.listen();
  return client;
}

const answerTo = async (error: Error) =>
  toEngineError(
    await connectionToFailing(error)
      .sendRequest(scoreRequest, { text: '', topK: 1 })
      .catch((reason: unknown) => reason),
  );

describe('serve', () => {
  it('sends the stack of an error that nobody expected, beside a message for the user', async () => {
    const answer = await answerTo(new Error('a null pointer'));
    expect(answer).toMatchObject({ code: 'internal', message: 'The engine failed: a null pointer' });
    expect(answer.engineStack).toMatch(/^Error: a null pointer\n\s+at /);
  });

  it('sends none with a refusal', async () => {
    const answer = await answerTo(new BadRequestError('Top-k is 0; it must be 1 or more.'));
    expect(answer).toMatchObject({ code: 'badRequest', message: 'Top-k is 0; it must be 1 or more.' });
    expect(answer.engineStack).toBeUndefined();
  });
});
