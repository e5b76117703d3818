import { editingPieces } from '../editingPieces.mjs';
import { comparison, interleave } from './rounds.mjs';

const decodedTokens = 64;

/** Decoding where the text repeats what the prompt holds, with and without prompt lookup; checks that both say the same. */
export async function measureEditing({ subjects, prompts, rounds, log }) {
  const pieces = editingPieces.map(({ name, prompt }) => ({ name, text: prompt, tokens: prompts.encode(prompt) }));
  const differing = new Set();
  let drafted = 0;
  let decoded = 0;
  /** Mean time of a token over all pieces. */
  const run = async (subject, promptLookup, round) => {
    let milliseconds = 0;
    let tokens = 0;
    for (const piece of pieces) {
      const { text } = piece;
      const result = await subject.generate({ ...piece, text, maxTokens: decodedTokens, promptLookup, isCold: false });
      milliseconds += result.decodeMs;
      tokens += result.decodedTokens;
      if (round === 0)
        log.push({ section: 'editing', subject: subject.name, piece: piece.name, promptLookup, ...result });
      if (subject.name !== 'Top-K') continue;
      if (promptLookup) {
        drafted += result.acceptedDraftTokens;
        decoded += result.decodedTokens;
      }
      // In the warm-up the engine finds how long its prefill runs may be, and runs of another length round otherwise.
      if (round < 0) continue;
      const output = JSON.stringify(result.ids);
      piece.output ??= output;
      if (piece.output !== output) differing.add(piece.name);
    }
    return milliseconds / tokens;
  };
  // Prompt lookup against llama.cpp as it is; its own lookup is a row beside.
  const variants = subjects.flatMap((subject) => {
    const plain = { name: subject.name, subject, promptLookup: false };
    return subject.name === 'transformers.js'
      ? [plain]
      : [plain, { ...plain, name: `${subject.name} lookup`, promptLookup: true }];
  });
  for (const { subject, promptLookup } of variants) await run(subject, promptLookup, -1);
  drafted = decoded = 0;
  const samples = await interleave(variants, rounds, ({ subject, promptLookup }, round) =>
    run(subject, promptLookup, round),
  );

  const pick = (suffix) =>
    Object.fromEntries(subjects.map(({ name }) => [name, samples[`${name}${suffix}`]]).filter(([, list]) => list));
  const withLookup = { ...pick(''), 'Top-K': samples['Top-K lookup'] };
  const target = { text: "<= 0.75x llama.cpp's time", isMet: (ratio) => ratio <= 0.75 };
  return [
    comparison('editing: decode a token, no drafts', 'ms', pick('')),
    comparison('editing: Top-K with prompt lookup, peers without', 'ms', withLookup, target),
    comparison('editing: all with prompt lookup', 'ms', pick(' lookup')),
    {
      measure: 'editing: share of tokens drafted and accepted',
      unit: '%',
      values: { 'Top-K': (100 * drafted) / decoded },
    },
    {
      measure: `editing: pieces (of ${pieces.length}) whose output lookup changes`,
      unit: '',
      values: { 'Top-K': differing.size },
      target: '0',
      isMet: differing.size === 0,
    },
  ];
}
