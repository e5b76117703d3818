import { EngineError } from '../protocol/engineError';
import type { EngineExit } from './engineProcess';
import { outOfMemoryAdvice } from '../protocol/messages';

/** Of all that a dying process writes: what Node, C++ and V8 say about the reason. */
const reasonLine = /^\s*(\w*Error\b|what\(\)|FATAL)/;
const noMemory = /bad_alloc|out of memory|cannot allocate memory/i;

/** Why a request has no answer where the process ended by itself; the message is fit for a user. */
export function endedError({ code, signal, errorOutput }: EngineExit, advice: string): EngineError {
  const how = signal ? `was ended by ${signal}` : `ended with code ${code}`;
  const lines = errorOutput.split('\n');
  const said = (lines.findLast((line) => reasonLine.test(line)) ?? lines.at(-1)!).trim().replace(/\s+/g, ' ');
  const quote = said && ` It said: ${said.replace(/\.$/, '')}.`;
  if (noMemory.test(errorOutput)) {
    const message = `The engine ran out of memory, and its process ${how}.${quote} ${outOfMemoryAdvice} ${advice}`;
    return new EngineError('outOfMemory', message);
  }
  // Nobody else kills it: a process that uses much memory is the first that Linux ends when there is none left.
  const guess = signal === 'SIGKILL' ? '; the system may have run out of memory' : '';
  return new EngineError('engineEnded', `The engine process ${how}${guess}.${quote} ${advice}`);
}
