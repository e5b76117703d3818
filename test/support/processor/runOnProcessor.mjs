// Runs a command as on an older processor, see hideFeatures.c: node test/support/processor/runOnProcessor.mjs avx2 npm test -- model
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const processors = ['avx2', 'avx-vnni', 'avx-512'];
const [processor, program, ...args] = process.argv.slice(2);

function end(reason) {
  process.stderr.write(`${reason}\n`);
  process.exit(2);
}

if (!processors.includes(processor) || program === undefined)
  end(`Usage: node runOnProcessor.mjs PROCESSOR COMMAND [ARGUMENT]...\nPROCESSOR: ${processors.join(', ')}.`);
if (process.platform !== 'linux' || process.arch !== 'x64')
  end(`Another processor can be had on linux x64 only; this is ${process.platform} ${process.arch}.`);

const folder = mkdtempSync(path.join(tmpdir(), 'topk-processor-'));
const library = path.join(folder, 'hideFeatures.so');
try {
  const source = path.join(import.meta.dirname, 'hideFeatures.c');
  execFileSync('gcc', ['-std=gnu11', '-Wall', '-Wextra', '-O2', '-shared', '-fPIC', source, '-o', library, '-ldl'], {
    stdio: 'inherit',
  });
  const env = { ...process.env, TOPK_PROCESSOR: processor, LD_PRELOAD: library };
  const { status, signal, error } = spawnSync(program, args, { stdio: 'inherit', env });
  if (error) throw error;
  if (signal) process.stderr.write(`${program} was ended by ${signal}.\n`);
  process.exitCode = status ?? 1;
} catch (error) {
  process.exitCode = 2;
  process.stderr.write(
    error.code === 'ENOENT' && error.path === 'gcc' ? 'gcc is needed to build the library.\n' : `${error.message}\n`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
