import { describe, expect, it } from 'vitest';
import { inspectFlags } from '../../../src/client/engineProcess';

describe('inspectFlags', () => {
  it('open a port of this machine to a debugger, only where one is given', () => {
    expect(inspectFlags('9229')).toEqual(['--inspect=127.0.0.1:9229']);
    for (const port of [undefined, '', 'yes', '0.0.0.0:9229', '9229 --eval']) expect(inspectFlags(port)).toEqual([]);
  });
});
