/** Human speed: 8 keys a second. */
export const keyDelayMs = 120;
/** Characters of a ghost text that are typed through. */
const throughCharacters = 6;
/** A request that ends without ghost text for want of time is made again when the prompt is in the engine's cache. */
const secondAnswerMs = 5_000;

/**
 * Types at each place and pauses until there is ghost text or none will come; then types the first characters of it.
 *
 * @returns `{ samples, cachedMs }`: for each place the time from the last key to the first painted frame with new ghost text
 *   (null if there was none), and how long each answer took that came from what was on offer.
 */
export async function measureGhosts(workbench, places) {
  const { rooms, page, ask } = workbench;
  const samples = [];
  const cachedMs = [];
  let open;
  for (const place of places) {
    if (place.path !== open) await rooms.quickOpen(page, place.path);
    open = place.path;
    await ask('place', place);
    const sample = await pauseAt(workbench, place);
    samples.push(sample);
    if (sample.ms !== null) cachedMs.push(...(await typeThrough(workbench)));
  }
  return { samples, cachedMs };
}

async function pauseAt({ rooms, page, ask }, { path, line, typed, removed }) {
  await ask('decisions'); // those of the place before
  await rooms.startGhostFrames(page);
  await page.keyboard.type(typed, { delay: keyDelayMs });
  const decision = await lastAnswer(ask, typed);
  const isShown = decision.outcome === 'shown' || decision.outcome === 'cached';
  const ghost = isShown ? await painted(rooms, page) : '';
  const recording = await rooms.stopGhostFrames(page);
  const ms = ghost === '' ? null : rooms.keyToGhostMs(recording).at(-1);
  return { path, line, typed, removed, ghost, ms, outcome: decision.outcome, reason: decision.reason };
}

/** How the request after the last key ended; where the time was too short for it, how the second one did. */
async function lastAnswer(ask, typed) {
  const first = await ask('answer', { text: typed });
  if (!isForWantOfTime(first.reason)) return first;
  await ask('decisions');
  return ask('answer', { text: typed, timeoutMs: secondAnswerMs }).catch(() => first);
}

/** By the kind of a decision's reason (src/completion/explain/reason.ts). */
export function isForWantOfTime(reason) {
  return reason.kind === 'late';
}

/** VS Code may refuse what it was given, as where its suggest widget has something else selected. */
async function painted(rooms, page) {
  return rooms.until('the ghost text to be painted', () => rooms.ghostText(page), secondAnswerMs).catch(() => '');
}

async function typeThrough({ rooms, page, ask }) {
  await ask('decisions');
  const [line] = (await rooms.ghostText(page)).split('\n');
  const text = line.slice(0, throughCharacters);
  if (text === '') return [];
  await page.keyboard.type(text, { delay: keyDelayMs });
  await ask('answer', { text });
  const decisions = await ask('decisions');
  return decisions.filter(({ outcome }) => outcome === 'cached').map(({ milliseconds }) => milliseconds);
}
