import { describe, expect, it } from 'vitest';
import { parseSuite, SuiteError } from '../../../../src/evaluation/suite/suite';

const good = { id: 'one', path: 'a.py', prefix: 'x = ', suffix: '\n', expected: '1' };
const line = (value: unknown): string => `${JSON.stringify(value)}\n`;

describe('parseSuite', () => {
  it('reads cases with and without the optional fields, and skips empty lines', () => {
    const full = { ...good, id: 'two', language: 'python', openFiles: [{ path: 'b.py', text: 'y = 2\n' }] };
    expect(parseSuite(`\uFEFF${line(good)}\n${line(full)}`, 's.jsonl')).toEqual([good, full]);
  });

  it.each([
    ['{"id": ', 's.jsonl:2: not valid JSON'],
    [JSON.stringify({ ...good, prefix: undefined }), 's.jsonl:2: not an evaluation case. prefix: '],
    [JSON.stringify({ ...good, suffix: 3 }), 's.jsonl:2: not an evaluation case. suffix: '],
    [JSON.stringify({ ...good, expected: '' }), 's.jsonl:2: not an evaluation case. expected: '],
    [JSON.stringify({ ...good, expected: 'a\nb' }), 'expected: must be one line'],
    [JSON.stringify({ ...good, openFiles: [{ path: 'b.py' }] }), 'openFiles.0.text: '],
    [JSON.stringify({ ...good, sufix: '' }), 'sufix'],
    ['[]', 's.jsonl:2: not an evaluation case.'],
    [JSON.stringify(good), 's.jsonl:2: the id "one" is already used on line 1'],
  ])('says which line is wrong and why: %s', (second, message) => {
    const parse = () => parseSuite(`${line(good)}${second}\n`, 's.jsonl');
    expect(parse).toThrow(SuiteError);
    expect(parse).toThrow(message);
  });

  it('refuses a suite without a case', () => {
    expect(() => parseSuite('\n\n', 's.jsonl')).toThrow('s.jsonl: there is no case');
  });
});
