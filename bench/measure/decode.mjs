import { comparison, interleave } from './rounds.mjs';

const decodedTokens = 33;

/** Time of a token decoded behind 100 and 900 tokens of context, without drafts. */
export async function measureDecode({ subjects, prompts, rounds, log }) {
  const rows = [];
  for (const count of [100, 900]) {
    const list = Array.from({ length: rounds + 1 }, () => prompts.next(count));
    const run = async (subject, round) => {
      const result = await subject.generate({ ...list[round], maxTokens: decodedTokens });
      if (result.decodedTokens < 1) throw new Error(`${subject.name} ended at once; no token's time can be measured.`);
      log.push({ section: 'decode', subject: subject.name, round, context: count, ...result });
      return result.decodeMs / result.decodedTokens;
    };
    for (const subject of subjects) await run(subject, rounds);
    const target = { text: "<= 1.1x llama.cpp's time", isMet: (ratio) => ratio <= 1.1 };
    const samples = await interleave(subjects, rounds, run);
    rows.push(comparison(`decode a token at ${count}`, 'ms', samples, count === 100 ? target : undefined));
  }
  return rows;
}
