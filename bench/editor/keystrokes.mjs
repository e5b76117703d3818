import { interleave } from '../measure/rounds.mjs';
import { keyDelayMs } from './ghosts.mjs';

/** Typed before the measured ones: a prompt that is new to the engine, code that the host runs for the first time. */
const warmUpKeys = 8;
export const measuredKeys = 32;

/**
 * Types the same keys at the same place with topK.enable and without, in turn.
 *
 * @returns for 'on' and 'off' a sample a round: `{ processorMs, activeMs }` of the host's thread for each key.
 */
export async function measureKeystrokes({ rooms, page, ask }, place, rounds) {
  await rooms.quickOpen(page, place.path);
  const modes = [
    { name: 'on', isEnabled: true },
    { name: 'off', isEnabled: false },
  ];
  const samples = await interleave(modes, rounds, async ({ isEnabled }) => {
    await ask('enable', { isEnabled });
    await ask('place', place);
    await typeAndWait(page, ask, place.typed.slice(0, warmUpKeys));
    const before = await ask('usage');
    await typeAndWait(page, ask, place.typed.slice(warmUpKeys));
    const after = await ask('usage');
    const perKey = (of) => (after[of] - before[of]) / (place.typed.length - warmUpKeys);
    return { processorMs: perKey('processorMs'), activeMs: perKey('activeMs') };
  });
  await ask('enable', { isEnabled: true });
  return samples;
}

/** Until the extension has answered the last key: what it does after the pause counts. */
async function typeAndWait(page, ask, text) {
  await ask('decisions');
  await page.keyboard.type(text, { delay: keyDelayMs });
  await ask('answer', { text: text.slice(-1) });
}

export const typedKeys = warmUpKeys + measuredKeys;
