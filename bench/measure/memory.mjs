import { probeDirectory } from '../peers/topK.mjs';
import { readMemory, readNodeMemory } from '../processMemory.mjs';
import { comparison } from './rounds.mjs';

const contextTokens = 1024;
const decodedTokens = 16;

/** Memory of fresh processes after one prompt of 1024 tokens, and where that of ours goes. */
export async function measureMemory({ starters, prompts }) {
  const prompt = prompts.next(contextTokens);
  const memory = {};
  let node;
  for (const { name, start } of starters) {
    const subject = await start();
    await subject.generate({ ...prompt, maxTokens: decodedTokens });
    memory[name] = readMemory(subject.processId);
    if (name === 'Top-K') node = await readNodeMemory(subject.processId, probeDirectory);
    await subject.dispose();
  }
  const samples = (field) =>
    Object.fromEntries(Object.entries(memory).map(([name, values]) => [name, [values[field]]]));
  const target = { text: '<= 420 MB', isAbsolute: true, isMet: (_, value) => value <= 420 };
  const part = (measure, of) => comparison(`  ${measure}`, 'MB', of);
  const names = Object.keys(memory['Top-K'].parts).sort((a, b) => memory['Top-K'].parts[b] - memory['Top-K'].parts[a]);
  return [
    comparison(`resident memory at ${contextTokens} tokens`, 'MB', samples('residentMb'), target),
    ...names.map((name) =>
      part(name, Object.fromEntries(Object.entries(memory).map(([key, { parts }]) => [key, [parts[name] ?? 0]]))),
    ),
    part('of the anonymous: JavaScript heap', { 'Top-K': [node.nodeHeapMb] }),
    part('of the anonymous: array buffers (KV cache, logits)', { 'Top-K': [node.arrayBuffersMb] }),
    comparison('peak memory', 'MB', samples('peakMb')),
  ];
}
