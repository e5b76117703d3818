import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AcceptanceCounts,
  countAccepted,
  countRetained,
  countShown,
  mergeCounts,
  readCounts,
  totalOf,
} from '../../../../src/completion/explain/acceptanceCounts';
import { acceptanceReport } from '../../../../src/completion/explain/acceptanceReport';

const number = fc.nat(1_000);
const figures = fc.record({
  shown: number,
  latencyMs: number,
  acceptedCharacters: number,
  retainedCharacters: number,
  accepted: fc.record({ whole: number, word: number, line: number }),
});
const languageId = fc.oneof(fc.constantFrom('python', 'rust', '__proto__', 'constructor'), fc.string());
const counts: fc.Arbitrary<AcceptanceCounts> = fc
  .array(fc.tuple(languageId, figures))
  .map((entries) => Object.fromEntries(entries));

describe('acceptance figures', () => {
  it('count what became of completions, by language', () => {
    let counted: AcceptanceCounts = {};
    counted = countShown(counted, 'python', 100);
    counted = countShown(counted, 'python', 200);
    counted = countAccepted(counted, 'python', 'whole', 20);
    counted = countAccepted(counted, 'python', 'word', 4);
    counted = countRetained(counted, 'python', 18);
    counted = countShown(counted, 'rust', 50);
    expect(counted).toEqual({
      python: {
        shown: 2,
        latencyMs: 300,
        acceptedCharacters: 24,
        retainedCharacters: 18,
        accepted: { whole: 1, word: 1, line: 0 },
      },
      rust: {
        shown: 1,
        latencyMs: 50,
        acceptedCharacters: 0,
        retainedCharacters: 0,
        accepted: { whole: 0, word: 0, line: 0 },
      },
    });
    expect(totalOf(counted)).toMatchObject({ shown: 3, latencyMs: 350 });
  });

  it('merge as sums, in any order, whatever a language is called', () => {
    fc.assert(
      fc.property(counts, counts, (a, b) => {
        const merged = mergeCounts(a, b);
        expect(merged).toEqual(mergeCounts(b, a));
        expect(totalOf(merged).shown).toBe(totalOf(a).shown + totalOf(b).shown);
        expect(totalOf(merged).accepted.line).toBe(totalOf(a).accepted.line + totalOf(b).accepted.line);
      }),
    );
  });

  it('survive storage, and what else is found there is left out', () => {
    fc.assert(
      fc.property(counts, fc.string(), fc.anything(), (stored, name, nonsense) => {
        expect(readCounts(JSON.parse(JSON.stringify(stored)))).toEqual(stored);
        expect(() => totalOf(readCounts({ [name]: nonsense }))).not.toThrow();
        expect(() => readCounts(nonsense)).not.toThrow();
      }),
    );
    expect(readCounts({ python: { shown: '3' }, rust: null, go: { shown: -1 } })).toEqual({});
  });
});

describe('acceptanceReport', () => {
  it('is a table that lines up', () => {
    let counted = countShown(countShown({}, 'typescriptreact', 100), 'typescriptreact', 201);
    counted = countRetained(countAccepted(counted, 'typescriptreact', 'whole', 1000), 'typescriptreact', 755);
    counted = countAccepted(countShown(counted, 'c', 90), 'c', 'line', 12);
    expect(acceptanceReport(counted)).toMatchInlineSnapshot(`
      "# Top-K: Acceptance Figures

      Completions shown: 3. Accepted whole: 1 (33 %). A word or line of one: 1.

      | language        | shown | whole | word | line | characters | retained | mean latency |
      | --------------- | ----: | ----: | ---: | ---: | ---------: | -------: | -----------: |
      | typescriptreact |     2 |     1 |    0 |    0 |       1000 |     76 % |       151 ms |
      | c               |     1 |     0 |    0 |    1 |         12 |      0 % |        90 ms |
      | all             |     3 |     1 |    0 |    1 |       1012 |     75 % |       130 ms |

      - whole, word, line: completions that you accepted whole, and times that you accepted a word or a line of one
      - characters: what you accepted; retained: the share of it that was still in the text 30 s later
      - mean latency: from the request to the answer, for completions that came from the model

      These figures are on this machine only and are never sent. The bin in the title bar, or Top-K: Clear Acceptance Figures, deletes them.
      "
    `);
  });

  it('says that there is nothing yet', () => {
    expect(acceptanceReport({})).toContain('Nothing was counted yet');
  });

  it('cannot be broken by the name of a language', () => {
    fc.assert(
      fc.property(counts, (counted) => {
        const rows = acceptanceReport(counted)
          .split('\n')
          .filter((line) => line.startsWith('|'));
        const cells = rows.map((line) => line.replaceAll('\\|', '').split('|').length);
        expect(new Set(cells).size).toBeLessThanOrEqual(1);
      }),
    );
  });
});
