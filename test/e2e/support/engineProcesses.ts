import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { WorkbenchServer } from './server';

/** Process ids of the engines that this server's extension host has started, found by their command line (Linux). */
export function engineProcesses({ workspace }: WorkbenchServer): number[] {
  // The server's own temporary folder is in the path of the extension.
  const home = path.dirname(workspace);
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((id) => {
      const command = commandLine(id);
      return command.includes(path.join('dist', 'engine.js')) && command.includes(home);
    })
    .map(Number);
}

function commandLine(id: string): string {
  try {
    return readFileSync(`/proc/${id}/cmdline`, 'utf8');
  } catch {
    return ''; // it ended since the folder was listed
  }
}

/** Ends every engine without a chance to say goodbye, and returns how many there were. */
export function killEngines(server: WorkbenchServer): number {
  const ids = engineProcesses(server);
  for (const id of ids) process.kill(id, 'SIGKILL');
  return ids.length;
}
