import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WorkspaceMemory } from '../../../src/decoding/workspaceMemory';
import { anyCase, decode, outcome } from '../../support/toyDecoding';

describe('decodePath with a workspace memory', () => {
  it('decodes the same with and without drafts from the workspace memory, which has its share in the scores', async () => {
    let accepted = 0;
    let shares = 0;
    const anyFile = fc.array(fc.nat({ max: 280 }), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(anyCase, anyFile, async (testCase, file) => {
        const plain = await decode(testCase, { promptLookup: false });
        const memory = new WorkspaceMemory(1000);
        // What the model writes by itself, and something else: the memory agrees at some places and not at others.
        memory.rememberTokens('same', [...plain.promptTokens, ...plain.tokenIds]);
        memory.rememberTokens('other', [...plain.promptTokens, ...file]);
        const withDrafts = await decode(testCase, { memory });
        const without = await decode(testCase, { memory, promptLookup: false });
        expect(outcome(withDrafts)).toEqual(outcome(without));
        accepted += withDrafts.counts.acceptedDraftTokens;
        for (const { candidates } of without.tokens) {
          for (const { memoryShare } of candidates) if (memoryShare > 0) shares++;
        }
      }),
      { numRuns: 100 },
    );
    expect(accepted).toBeGreaterThan(50);
    expect(shares).toBeGreaterThan(50);
  });
});
