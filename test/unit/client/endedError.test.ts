import { describe, expect, it } from 'vitest';
import { endedError } from '../../../src/client/endedError';

const crash = (errorOutput: string) => endedError({ code: 1, signal: null, errorOutput }, 'Try again.');
const abort = (errorOutput: string) => endedError({ code: null, signal: 'SIGABRT', errorOutput }, 'Try again.');

describe('endedError', () => {
  it('quotes the error that Node ends with, not the line of code that threw it', () => {
    const errorOutput = [
      ...['node:internal/modules/cjs/loader:1228', '  const err = new Error(message);', '  ^', ''],
      ...["Error: Cannot find module 'x'", '    at Module._resolveFilename (node:internal/modules/cjs/loader:1225:15)'],
      ...["  code: 'MODULE_NOT_FOUND'", '}', '', 'Node.js v20.19.0'],
    ].join('\n');
    expect(crash(errorOutput)).toMatchObject({
      code: 'engineEnded',
      message: "The engine process ended with code 1. It said: Error: Cannot find module 'x'. Try again.",
    });
  });

  it('quotes the last line where nothing looks like a reason, and nothing where nothing was said', () => {
    expect(crash('one\ntwo').message).toBe('The engine process ended with code 1. It said: two. Try again.');
    expect(crash('').message).toBe('The engine process ended with code 1. Try again.');
  });

  it('tells an abort for want of memory from other ones', () => {
    const advice = 'Close other programs, use fewer threads, or take a smaller model. Try again.';
    expect(
      abort("terminate called after throwing an instance of 'std::bad_alloc'\n  what():  std::bad_alloc\n"),
    ).toMatchObject({
      code: 'outOfMemory',
      message: `The engine ran out of memory, and its process was ended by SIGABRT. It said: what(): std::bad_alloc. ${advice}`,
    });
    const heap = 'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory';
    expect(
      abort(`<--- JS stacktrace --->\n\n${heap}\n----- Native stack trace -----\n\n 1: 0xb8 node::Abort()`),
    ).toMatchObject({
      code: 'outOfMemory',
      message: expect.stringContaining(`It said: ${heap}. `),
    });
    expect(abort('Assertion failed')).toMatchObject({ code: 'engineEnded' });
  });

  it('says of a kill what it may mean', () => {
    expect(endedError({ code: null, signal: 'SIGKILL', errorOutput: '' }, 'Try again.').message).toBe(
      'The engine process was ended by SIGKILL; the system may have run out of memory. Try again.',
    );
  });
});
