import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** Which part of a process a mapping of /proc/<pid>/smaps belongs to, first match wins. */
const groups = [
  ['model files (mapped)', (path) => /\.(gguf|bin|onnx)$/.test(path)],
  ['native libraries', (path) => /\.(so|node)(\.|$)/.test(path)],
  ['node executable', (path) => path.startsWith('/')],
  ['heap, arenas, stacks (anonymous)', () => true],
];

/** Memory of a process in MB (1e6 bytes): resident now, its peak, and where it goes. Linux only: reads /proc. */
export function readMemory(processId) {
  const status = readFileSync(`/proc/${processId}/status`, 'utf8');
  const field = (name) => kilobytes(status, name) * 1024e-6;
  return {
    residentMb: field('VmRSS'),
    peakMb: field('VmHWM'),
    anonymousMb: field('RssAnon'),
    parts: readParts(processId),
  };
}

function readParts(processId) {
  const parts = {};
  const text = readFileSync(`/proc/${processId}/smaps`, 'utf8');
  // A mapping begins with its address range; its path is the sixth field.
  for (const mapping of text.split(/^(?=[0-9a-f]+-[0-9a-f]+ )/m)) {
    const path = mapping.split('\n', 1)[0].split(/\s+/).slice(5).join(' ');
    const [name] = groups.find(([, matches]) => matches(path));
    parts[name] = (parts[name] ?? 0) + kilobytes(mapping, 'Rss') * 1024e-6;
  }
  return parts;
}

function kilobytes(text, name) {
  return Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? 0);
}

/** Processor time a process has used, in milliseconds; a clock tick is 10 ms on Linux. */
export function readProcessorMs(processId) {
  // The second field is the command in brackets, which may hold spaces.
  const fields = readFileSync(`/proc/${processId}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** Asks a process that preloaded memoryProbe.cjs for `process.memoryUsage()`. */
export async function readNodeMemory(processId, probeDirectory) {
  mkdirSync(probeDirectory, { recursive: true });
  const answer = join(probeDirectory, `${processId}.json`);
  rmSync(answer, { force: true });
  process.kill(processId, 'SIGUSR2');
  for (let attempt = 0; attempt < 100 && !existsSync(answer); attempt++) await delay(20);
  if (!existsSync(answer))
    throw new Error(`Process ${processId} did not report its memory; is memoryProbe.cjs preloaded?`);
  const { heapTotal, arrayBuffers, external } = JSON.parse(readFileSync(answer, 'utf8'));
  return { nodeHeapMb: heapTotal / 1e6, arrayBuffersMb: arrayBuffers / 1e6, externalMb: external / 1e6 };
}
