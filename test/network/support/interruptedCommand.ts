/** Runs a script of Node and ends it as Ctrl-C does, when a time is over: `node interruptedCommand.js SECONDS SCRIPT ARGUMENTS...`. */
import { fork } from 'node:child_process';

const [seconds, script, ...scriptArguments] = process.argv.slice(2);
const child = fork(script!, scriptArguments, { execArgv: [] });
const interrupt = setTimeout(() => child.kill('SIGINT'), Number(seconds) * 1_000);
child.on('exit', (code) => {
  clearTimeout(interrupt);
  process.exitCode = code ?? 1;
});
