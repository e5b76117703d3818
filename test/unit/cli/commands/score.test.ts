import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import type { ScoredTextToken } from '../../../../src/protocol/messages';
import { FakeEngine, run, scoredToken } from '../cliHarness';

function textToken(text: string, start: number, bits: number): ScoredTextToken {
  return { ...scoredToken(text), bits, start, end: start + text.length };
}

function engineThatScores(tokens: readonly ScoredTextToken[]): FakeEngine {
  const engine = new FakeEngine();
  engine.scoreResult = { tokens, bitsPerCharacter: 1.25, perplexity: 9.5, model: 'fake' };
  return engine;
}

describe('topk score', () => {
  it('--json prints one object of exactly the documented fields', async () => {
    const engine = engineThatScores([textToken('ab', 0, 3)]);
    const { output, exitCode } = await run(['score', '-', '--json', '--top-k', '2'], { engine, input: 'ab' });
    expect(JSON.parse(output)).toEqual({
      tokens: [
        {
          text: 'ab',
          id: 1,
          logit: 12.5,
          probability: 0.5,
          rank: 1,
          entropyBits: 1.5,
          margin: 0.25,
          remainingMass: 0.25,
          drafted: false,
          bits: 3,
          start: 0,
          end: 2,
          candidates: [
            { text: 'ab', id: 1, logit: 12.5, probability: 0.5 },
            { text: ' other', id: 2, logit: 11.8, probability: 0.25 },
          ],
        },
      ],
      bitsPerCharacter: 1.25,
      perplexity: 9.5,
    });
    expect(exitCode).toBe(0);
    expect(engine.scores).toEqual([{ text: 'ab', topK: 2 }]);
    expect(engine.disposed).toBe(1);
  });

  it('shows one row for each token with its line, bits, rank and the candidates, then the totals', async () => {
    const tokens = [textToken('a', 0, 1), textToken('\r\n', 1, 8), textToken('b\n', 3, 4), textToken('\u001b', 5, 16)];
    const { output } = await run(['score', '-'], { engine: engineThatScores(tokens), input: 'a\r\nb\n\u001b' });
    const rows = output.split('\n');
    expect(rows[0]).toMatch(/line {2}token +bits +rank {2}most probable/);
    expect(rows[1]).toMatch(/^ +1 {2}a +1\.00 {2}▌ +1 {2}a 50\.0 % {2}·other 25\.0 %$/);
    expect(rows[2]).toMatch(/^ +1 {2}␍⏎ +8\.00 {2}████ /);
    expect(rows[3]).toMatch(/^ +2 {2}b⏎ +4\.00 {2}██ /);
    expect(rows[4]).toMatch(/^ +3 {2}␛ +16\.00 {2}████████ /);
    expect(rows[6]).toBe('fake · 4 tokens · 1.250 bits per character · perplexity 9.50');
  });

  it.each([50, 80])('keeps within %i columns', async (columns) => {
    const tokens = [textToken('語'.repeat(40), 0, 16)];
    const { output } = await run(['score', '-'], { engine: engineThatScores(tokens), input: 'x', columns });
    for (const line of output.split('\n').slice(0, -2)) expect(stringWidth(line)).toBeLessThan(columns);
  });

  it('colours what is surprising on a terminal', async () => {
    const tokens = [textToken('a', 0, 1), textToken('b', 1, 5), textToken('c', 2, 9)];
    const { output } = await run(['score', '-'], { engine: engineThatScores(tokens), input: 'abc', isTTY: true });
    expect(output).toContain('\u001b[32ma\u001b[39m');
    expect(output).toContain('\u001b[33mb\u001b[39m');
    expect(output).toContain('\u001b[31mc\u001b[39m');
  });
});
