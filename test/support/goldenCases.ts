import { expect, it } from 'vitest';
import type { StopReason } from '../../src/protocol/completionPath';
import { trimCompletion } from '../../src/completion/trim/trimCompletion';

interface GoldenOptions {
  readonly multiLine?: boolean;
  readonly stopReason?: StopReason;
}

/** A completion as the model wrote it, the document with ¦ for the caret, and the document as it must become. */
export type GoldenCase = readonly [
  languageId: string,
  name: string,
  document: string,
  raw: string,
  want: string,
  options?: GoldenOptions,
];

/** A test for each case: the completion is trimmed and accepted as an editor does it, with LF and with CRLF. */
export function testGoldenCases(cases: readonly GoldenCase[]): void {
  it.each(cases.map((each) => [`${each[0]}: ${each[1]}`, each] as const))('%s', (_, each) => {
    const [languageId, , document, raw, want, options = {}] = each;
    expect(accepted(languageId, document, raw, options)).toBe(want);
    expect(accepted(languageId, asCrlf(document), asCrlf(raw), options)).toBe(asCrlf(want));
  });
}

function accepted(languageId: string, document: string, raw: string, options: GoldenOptions): string {
  const [prefix, suffix] = document.split('¦') as [string, string];
  const { text, replaceLength } = trimCompletion({
    multiLine: false,
    ...options,
    text: raw,
    prefix,
    suffix,
    languageId,
  });
  return prefix + text + suffix.slice(replaceLength);
}

function asCrlf(text: string): string {
  return text.replaceAll('\n', '\r\n');
}
