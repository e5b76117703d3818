import { describe, expect, it } from 'vitest';
import { ConnectionError, ConnectionErrors, ErrorCodes, ResponseError } from 'vscode-jsonrpc';
import { isConnectionLost, toEngineError } from '../../../src/channel/rejections';
import { EngineError, isCancelled } from '../../../src/protocol/engineError';
import { engineErrorCodes } from '../../../src/protocol/messages';

describe('toEngineError', () => {
  it.each(Object.entries(engineErrorCodes))('names the code %s of a response', (name, code) => {
    expect(toEngineError(new ResponseError(code, 'Why.'))).toMatchObject({
      code: name,
      message: 'Why.',
      name: 'EngineError',
    });
  });

  it('knows a request that was taken back', () => {
    expect(isCancelled(toEngineError(new ResponseError(-32800, 'Taken back.')))).toBe(true);
    expect(isCancelled(new Error('other'))).toBe(false);
  });

  it('calls what it does not know internal, and leaves an EngineError as it is', () => {
    expect(toEngineError(new ResponseError(-1, 'Odd.'))).toMatchObject({ code: 'internal', message: 'Odd.' });
    expect(toEngineError(new Error('Plain.'))).toMatchObject({ code: 'internal', message: 'Plain.' });
    const error = new EngineError('badRequest', 'No.');
    expect(toEngineError(error)).toBe(error);
  });

  it('keeps where in the engine it was thrown, apart from the message', () => {
    const error = new ResponseError(engineErrorCodes.internal, 'Why.', { stack: 'Error: Why.\n    at f' });
    expect(toEngineError(error)).toMatchObject({ message: 'Why.', engineStack: 'Error: Why.\n    at f' });
    expect(toEngineError(new ResponseError(engineErrorCodes.internal, 'Why.')).engineStack).toBeUndefined();
  });

  it('knows when the process behind the connection is gone', () => {
    expect(isConnectionLost(new ResponseError(ErrorCodes.PendingResponseRejected, ''))).toBe(true);
    expect(isConnectionLost(new ResponseError(ErrorCodes.MessageWriteError, ''))).toBe(true);
    expect(isConnectionLost(new ConnectionError(ConnectionErrors.Disposed, ''))).toBe(true);
    expect(isConnectionLost(new ResponseError(engineErrorCodes.internal, ''))).toBe(false);
  });
});
