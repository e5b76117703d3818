import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BuiltCommandLine } from '../support/builtCommandLine';
import { expectCertain } from '../support/nearTies';

const sample = path.join(import.meta.dirname, '..', 'fixtures', 'texts', 'listStatistics.py');

let commandLine: BuiltCommandLine;
beforeAll(async () => {
  commandLine = await BuiltCommandLine.create();
});
afterAll(() => commandLine.dispose());

interface Token {
  readonly text: string;
  readonly id: number;
  readonly logit: number;
  readonly probability: number;
  readonly rank: number;
  readonly entropyBits: number;
  readonly margin: number;
  readonly remainingMass: number;
  readonly drafted: boolean;
  readonly candidates: readonly { readonly id: number; readonly logit: number; readonly probability: number }[];
}

function expectConsistent(token: Token, topK: number): void {
  expect(token.candidates).toHaveLength(topK);
  const probabilities = token.candidates.map(({ probability }) => probability);
  expect(probabilities).toEqual([...probabilities].sort((a, b) => b - a));
  expect(probabilities.reduce((sum, p) => sum + p, token.remainingMass)).toBeCloseTo(1, 4);
  expect(token.margin).toBeCloseTo(probabilities[0]! - probabilities[1]!, 6);
  expect(token.entropyBits).toBeGreaterThanOrEqual(0);
  if (token.rank <= topK) expect(token.candidates[token.rank - 1]).toMatchObject({ id: token.id, logit: token.logit });
}

describe('topk complete', () => {
  it('completes the sample as a person would, and shows every token', async () => {
    const { exitCode, output, messages } = await commandLine.run(['complete', `${sample}:25:11`]);
    expect({ exitCode, messages }).toEqual({ exitCode: 0, messages: '' });
    expect(output).toContain('25 │     return« math.sqrt(variance(values))»');
    expect(output).toMatch(/→ +1 +·math +\d/);
    expect(output).not.toContain('\u001b');
  });

  it('--json: the joined token texts are the completion, and the scores of each token agree with each other', async () => {
    const { exitCode, output } = await commandLine.run([
      'complete',
      `${sample}:25:11`,
      '--json',
      '--top-k',
      '7',
      '--alternatives',
      '2',
    ]);
    expect(exitCode).toBe(0);
    const { text, tokens, alternatives, timings, model, stopReason } = JSON.parse(output) as {
      text: string;
      tokens: Token[];
      alternatives: { text: string; tokens: Token[] }[];
      timings: Record<string, number>;
      model: string;
      stopReason: string;
    };
    expect(tokens.map((token) => token.text).join('')).toBe(text);
    for (const token of tokens) expectConsistent(token, 7);
    expect(alternatives).toHaveLength(2);
    expect(new Set([text, ...alternatives.map((alternative) => alternative.text)]).size).toBe(3);
    expect(timings['prefillTokens']).toBeGreaterThan(50);
    expect(timings['decodedTokens']).toBeGreaterThanOrEqual(tokens.length);
    expect({ model, stopReason }).toEqual({ model: 'smollm2-135m', stopReason: 'line end' });
  });

  it('gives the same completion without drafts', async () => {
    const words = ['complete', `${sample}:25:11`, '--json', '--alternatives', '0'];
    const [drafted, plain] = await Promise.all([
      commandLine.run(words),
      commandLine.run([...words, '--no-prompt-lookup']),
    ]);
    const read = ({ output }: { output: string }) => JSON.parse(output) as { text: string; tokens: Token[] };
    expectCertain(read(plain).tokens);
    expect(read(drafted).text).toBe(read(plain).text);
    expect(JSON.parse(plain.output)).toMatchObject({ timings: { acceptedDraftTokens: 0 } });
  });

  it.each([
    ['a prefix', 'def add(a, b):\n    return a + b\n\n\ndef sub(a, b):\n    return', ' a - b'],
    ['nothing', '', undefined],
    ['a NUL, a lone continuation byte and CRLF', Buffer.from([0x61, 0, 0x80, 0x0d, 0x0a]), undefined],
  ])('completes %s on standard input', async (_, input, expected) => {
    const { exitCode, output, messages } = await commandLine.run(
      ['complete', '-', '--json', '--max-tokens', '8'],
      input,
    );
    expect({ exitCode, messages }).toEqual({ exitCode: 0, messages: '' });
    const { text, tokens } = JSON.parse(output) as { text: string; tokens: Token[] };
    if (expected === undefined) return;
    expectCertain(tokens);
    expect(text).toBe(expected);
  });

  it('reads a file of 5 MB to its end', async () => {
    const large = path.join(commandLine.folder, 'large.py');
    await writeFile(large, `${'x = 1\n'.repeat(850_000)}def add(a, b):\n    return`);
    const { exitCode, output } = await commandLine.run([
      'complete',
      `${large}:850002:11`,
      '--json',
      '--alternatives',
      '0',
    ]);
    expect(exitCode).toBe(0);
    const { text, tokens } = JSON.parse(output) as { text: string; tokens: Token[] };
    expectCertain(tokens);
    expect(text).toBe(' a + b');
  });
});

describe('topk score', () => {
  it('--json: the tokens cover the text, and the totals follow from them', async () => {
    const source = await readFile(sample, 'utf8');
    const { exitCode, output } = await commandLine.run(['score', sample, '--json']);
    expect(exitCode).toBe(0);
    const { tokens, bitsPerCharacter, perplexity } = JSON.parse(output) as {
      tokens: (Token & { bits: number; start: number; end: number })[];
      bitsPerCharacter: number;
      perplexity: number;
    };
    expect(tokens.map(({ start, end }) => source.slice(start, end)).join('')).toBe(source);
    for (const token of tokens) {
      expectConsistent(token, 5);
      expect(token.bits).toBeCloseTo(-Math.log2(token.probability), 6);
    }
    const bits = tokens.reduce((sum, token) => sum + token.bits, 0);
    expect(bitsPerCharacter).toBeCloseTo(bits / source.length, 9);
    expect(perplexity).toBeCloseTo(2 ** (bits / tokens.length), 6);
  });
});

describe('topk doctor', () => {
  it('finds this machine well', async () => {
    const { exitCode, output } = await commandLine.run(['doctor']);
    expect(output).toMatch(/✓ model .* verified/);
    expect(output).toMatch(/cpu +yes +yes +\d/);
    expect(output).toMatch(/✓ timed run {2}prefill of 1\d\d tokens .* decode of 16 tokens/);
    expect(exitCode).toBe(0);
  });
});
