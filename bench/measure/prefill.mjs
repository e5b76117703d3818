import { comparison, interleave } from './rounds.mjs';

/** Time from an unseen prompt to its first token, for 128 and 512 tokens. */
export async function measurePrefill({ subjects, prompts, rounds }) {
  const rows = [];
  for (const count of [128, 512]) {
    // The first run of a length sets up buffers; it is not counted.
    const list = Array.from({ length: rounds + 1 }, () => prompts.next(count));
    const run = async (subject, round) => (await subject.generate({ ...list[round], maxTokens: 1 })).promptMs;
    for (const subject of subjects) await run(subject, rounds);
    const target = { text: '>= 2.0x as fast as llama.cpp', isMet: (ratio) => 1 / ratio >= 2 };
    const samples = await interleave(subjects, rounds, run);
    rows.push(comparison(`prefill ${count} tokens`, 'ms', samples, count === 512 ? target : undefined));
  }
  return rows;
}
