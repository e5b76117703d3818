import { setTimeout as delay } from 'node:timers/promises';
import { quantile, quantileOfCensored } from '../statistics.mjs';
import { typingPlaces } from '../typingFiles.mjs';

const keyIntervalMs = 200;
/** After so many keystrokes the typist stops until the answer is there, as one does who wants it. */
const pauseEvery = 5;

const completionOptions = { topK: 5, alternatives: 0, maxTokens: 32, multiLine: false, budgetMs: 0 };

/**
 * Types into real files at 5 keys a second. Every keystroke asks for a completion and cancels the request before it.
 * Nothing is answered from the editor's type-through cache: every keystroke reaches the engine.
 */
export async function measureTyping({ rooms: { Completer, buildPrompt }, engine, options, log }) {
  const completer = new Completer(engine.client);
  const strokes = [];
  for (const place of typingPlaces(options.keystrokes)) {
    // The editor does the same when a file is shown.
    await engine.client.warmPrompt(buildPrompt({ ...place, suffix: place.typed + place.suffix }));
    await typeInto(completer, place, strokes);
  }
  log.push(...strokes.map((stroke) => ({ section: 'typing', ...stroke })));
  return rowsOf(strokes);
}

async function typeInto(completer, place, strokes) {
  let inFlight;
  let nextKeyAt = performance.now();
  for (let typed = 1; typed <= place.typed.length; typed++) {
    await delay(Math.max(0, nextKeyAt - performance.now()));
    const cancelled = inFlight !== undefined && !inFlight.stroke.isComplete;
    inFlight?.abort();
    const document = { ...place, prefix: place.prefix + place.typed.slice(0, typed) };
    inFlight = ask(completer, document, cancelled);
    strokes.push(inFlight.stroke);
    nextKeyAt = inFlight.startedAt + keyIntervalMs;
    if (typed % pauseEvery === 0 || typed === place.typed.length) await inFlight.done;
  }
}

/** A request for a completion; `stroke` is filled when it is answered or cancelled. */
function ask(completer, document, cancelsPrevious) {
  const controller = new AbortController();
  const stroke = { path: document.path, cancelsPrevious, isComplete: false, ms: 0 };
  const startedAt = performance.now();
  const done = completer.complete(document, completionOptions, { signal: controller.signal }).then(
    ({ text, stopReason, timings }) => {
      // An answer that crosses its cancellation is none: the typist has gone on.
      if (controller.signal.aborted) return;
      Object.assign(stroke, { isComplete: true, ms: performance.now() - startedAt, text, stopReason, timings });
    },
    (error) => {
      if (error.code !== 'cancelled') throw error;
    },
  );
  const abort = () => {
    if (!stroke.isComplete) stroke.ms = performance.now() - startedAt;
    controller.abort();
  };
  return { stroke, startedAt, done, abort };
}

function rowsOf(strokes) {
  const answered = strokes.filter(({ isComplete }) => isComplete);
  const reuse = answered.map(({ timings: t }) => t.reusedTokens / (t.reusedTokens + t.prefillTokens));
  const afterCancel = answered.filter(({ cancelsPrevious }) => cancelsPrevious);
  // What of the answer's time the engine did not work on it: the rest of the cancelled run, and the way to and fro.
  const cancelToIdle = afterCancel.map(({ ms, timings: t }) => ms - t.prefillMs - t.decodeMs);
  const row = (measure, unit, value, target, isMet) => ({
    measure,
    unit,
    values: { 'Top-K': value },
    ...(target && { target, isMet }),
  });
  const percent = (count, of) => (100 * count) / Math.max(1, of);
  const p50 = quantileOfCensored(strokes, 0.5);
  const p95 = quantileOfCensored(strokes, 0.95);
  const prefilled = quantile(
    answered.map(({ timings }) => timings.prefillTokens),
    0.5,
  );
  const rows = [
    row('keystrokes', '', strokes.length),
    row('keystroke to complete single-line answer, p50', 'ms', p50, '<= 150 ms', p50 <= 150),
    row('keystroke to complete single-line answer, p95', 'ms', p95, '<= 400 ms', p95 <= 400),
    row('answered before the next key or in a pause', '%', percent(answered.length, strokes.length)),
    row('tokens prefilled per keystroke, median', '', prefilled, '<= 4', prefilled <= 4),
    row(
      'tokens decoded per answer, median',
      '',
      quantile(
        answered.map(({ timings }) => timings.decodedTokens),
        0.5,
      ),
    ),
    row(
      'answers with >= 90 % of the prompt from the KV cache',
      '%',
      percent(reuse.filter((share) => share >= 0.9).length, reuse.length),
    ),
    row(
      'prompt tokens from the KV cache, mean',
      '%',
      100 * (reuse.reduce((sum, share) => sum + share, 0) / Math.max(1, reuse.length)),
    ),
  ];
  if (cancelToIdle.length > 0) {
    const idle95 = quantile(cancelToIdle, 0.95);
    rows.push(row(`cancel to idle while typing (${cancelToIdle.length} seen), p50`, 'ms', quantile(cancelToIdle, 0.5)));
    rows.push(
      row(`cancel to idle while typing (${cancelToIdle.length} seen), p95`, 'ms', idle95, '<= 80 ms', idle95 <= 80),
    );
  }
  return rows;
}
