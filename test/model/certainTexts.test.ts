import { beforeAll, expect, it } from 'vitest';
import { confidenceOf } from '../../src/completion/judge/confidence';
import { cutTokens } from '../../src/protocol/completionPath';
import { defaultMinimumConfidence } from '../../src/completion/judge/showDecision';
import type { Session } from '../../src/engine/sessions';
import { repeated } from '../host/support/repeated';
import { sampleText } from '../../src/editor/commands/sampleText';
import { statistics } from '../e2e/support/samples';
import { complete, loadBundledModel } from '../support/bundledModel';
import { expectCertain } from '../support/nearTies';

let model: Session;
beforeAll(async () => {
  model = await loadBundledModel();
});

// The tests in the editor see ghost text only, so the engine is asked here how sure it is of what they expect.
it.each([
  ['the workbench', `${statistics}    if not val`, 'ues:'],
  ['the workbench, one letter earlier', `${statistics}    if not va`, 'lues:'],
  ['the workbench, for a loop', `${statistics}    for value in val`, 'ues:'],
  ['the workbench, inside a word', `${statistics}    if not values:\n        rais`, 'e ValueError("'],
  ['the sample of the walkthrough', sampleText, 'a * b'],
  ['the extension host', `${repeated} val`, 'ues:'],
  ['the extension host, one letter earlier', `${repeated} va`, 'lues:'],
])('what is typed in %s goes on in one way, and is sure enough to be shown', async (_, text, expected) => {
  const completion = await complete(model, text, { maxTokens: 24 });
  expect(completion.text.startsWith(expected)).toBe(true);
  expectCertain(cutTokens(completion.tokens, expected.length));
  expect(confidenceOf(completion)).toBeGreaterThan(1.5 * defaultMinimumConfidence);
});
