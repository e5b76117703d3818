import path from 'node:path';
import type { FreshFolders } from './observe';

/** What was made for the tests before the first of them. */
export interface Prepared {
  /** Where the package was unpacked: what VS Code makes of a VSIX when it installs it. */
  readonly extensionFolder: string;
  /** Drivers as plain scripts. */
  readonly packagedEngine: string;
  readonly interruptedCommand: string;
  readonly repository: string;
}

/** A use of Top-K that must stay silent. Features that may use the network belong here as they are before consent. */
export interface Scenario {
  readonly name: string;
  /** Exit code of a run that did what it should. */
  readonly exitCode: number;
  /** Script and arguments. */
  command(prepared: Prepared, folders: FreshFolders): readonly string[];
  /** Folders that it may write to; a name that ends in `-` stands for temporary folders that begin so, which it must remove. */
  ownFolders(folders: FreshFolders): readonly string[];
  /** What its output must show, so that a program which did nothing is not taken for a silent one. */
  readonly expectedOutput: RegExp;
}

/**
 * How long an engine is watched, in seconds. The collector in ONNX Runtime 1.30 first asks for its server 10 s after the
 * library was loaded, and again every 5 s (measured). This waits for nothing to happen, so it is a time, not an event.
 */
const watchedSeconds = 20;
/** The same, counted from before the engine is loaded. */
const interruptedAfterSeconds = watchedSeconds + 5;

/** Where VS Code has the extension keep its files; the extension's cache folder. */
const globalStorage = ({ home }: FreshFolders): string => path.join(home, 'top-k.top-k');
const commandLineCache = ({ cache }: FreshFolders): string => path.join(cache, 'top-k');

function commandLine(name: string, commandArguments: readonly string[], expectedOutput: RegExp): Scenario {
  return {
    name,
    exitCode: 0,
    command: ({ repository }) => [path.join(repository, 'dist', 'cli.js'), ...commandArguments],
    ownFolders: (folders) => [commandLineCache(folders)],
    expectedOutput,
  };
}

const sample = path.join(import.meta.dirname, '..', '..', '..', 'media', 'samples', 'statistics.py');
const suite = path.join(import.meta.dirname, '..', '..', 'evaluation', 'suites', 'tuning.jsonl');

export const scenarios: readonly Scenario[] = [
  {
    name: `the packaged extension: its engine completes, scores and tries other providers for ${watchedSeconds} s`,
    exitCode: 0,
    command: ({ packagedEngine, extensionFolder }, folders) => [
      ...[packagedEngine, extensionFolder, globalStorage(folders), String(watchedSeconds)],
    ],
    ownFolders: (folders) => [globalStorage(folders)],
    expectedOutput: /completed \d+ times/,
  },
  commandLine('topk complete', ['complete', `${sample}:5:1`], /%/),
  {
    ...commandLine('topk doctor', ['doctor'], /ONNX Runtime \d/),
    ownFolders: (folders) => [commandLineCache(folders), path.join(folders.temporary, 'topk-doctor-')],
  },
  {
    ...commandLine('topk eval, ended after a while', [], /^/),
    exitCode: 130,
    command: ({ interruptedCommand, repository }) => [
      ...[interruptedCommand, String(interruptedAfterSeconds), path.join(repository, 'dist', 'cli.js')],
      ...['eval', suite],
    ],
  },
];
