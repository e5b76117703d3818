// `npm run bench`: sets up what is missing with node built-ins only, then measures.
import { help, peerSections, readOptions } from './options.mjs';
import { benchDirectory, ensureBuild, ensurePackages, root } from './setUp.mjs';

let options;
try {
  options = readOptions(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error.message}\n\n${help}\n`);
  process.exit(2);
}
if (options.help) {
  process.stdout.write(`${help}\n`);
  process.exit(0);
}
try {
  ensurePackages(root);
  if (options.sections.some((section) => peerSections.includes(section))) ensurePackages(benchDirectory);
  ensureBuild();
  const { runBenchmark } = await import('./benchmark.mjs');
  await runBenchmark(options, (text) => process.stdout.write(text));
} catch (error) {
  process.stderr.write(`bench: ${error.message}\n`);
  process.exitCode = 1;
}
