import { expect, it } from 'vitest';
import { decideToShow } from '../../../../src/completion/judge/showDecision';
import { quietStateOf } from '../../../../src/editor/status/quietState';
import { pathOf } from '../../../support/completions';

const hidden = (path: Parameters<typeof decideToShow>[0], minimumConfidence: number) => {
  const shown = decideToShow({ ...path, replaceLength: 0 }, '', minimumConfidence);
  if (shown.show) throw new Error('It is shown.');
  return quietStateOf({ ...decision, outcome: 'hidden', reason: shown.reason });
};
const decision = {
  time: 0,
  documentUri: 'file:///a.py',
  position: { line: 0, character: 0 },
  place: 'a.py:1',
  languageId: 'python',
  milliseconds: 1,
};

it('tells what the model was unsure of from what came too late', () => {
  expect(hidden(pathOf(' a'), 1)).toBe('unsure');
  expect(hidden({ ...pathOf(), stopReason: 'budget' }, 0)).toBe('late');
});

it('leaves no sign where the model saw nothing to write, nor of what was not hidden', () => {
  expect(hidden({ ...pathOf(), stopReason: 'line end' }, 0)).toBeUndefined();
  expect(
    quietStateOf({ ...decision, outcome: 'shown', reason: { kind: 'confident', confidence: 0.5 } }),
  ).toBeUndefined();
  expect(quietStateOf({ ...decision, outcome: 'skipped', reason: { kind: 'inComment' } })).toBeUndefined();
});
