// Preloaded into an engine: on SIGUSR2 it writes what Node knows of its own memory to $TOPK_BENCH_PROBE/<pid>.json.
const { renameSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

const directory = process.env.TOPK_BENCH_PROBE;
if (directory) {
  process.on('SIGUSR2', () => {
    const target = join(directory, `${process.pid}.json`);
    writeFileSync(`${target}.partial`, JSON.stringify(process.memoryUsage()));
    renameSync(`${target}.partial`, target);
  });
}
