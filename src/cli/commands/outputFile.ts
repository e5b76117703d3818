import { open, unlink } from 'node:fs/promises';
import { failure } from '../cliError';
import { escapeControls } from '../terminal/terminalText';

/** A file that a command writes at its end, opened at its start: a run of minutes must not fail for a wrong path. */
export interface OutputFile {
  write(text: string): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens a file for writing; what it held stays until the first `write`.
 * @throws CliError where it cannot be written.
 */
export async function openOutputFile(path: string): Promise<OutputFile> {
  try {
    const handle = await open(path, 'a');
    return {
      async write(text) {
        try {
          if ((await handle.stat()).isFile()) await handle.truncate(0);
          await handle.writeFile(text);
        } catch (error) {
          throw failure(`${escapeControls(path)} cannot be written (${codeOf(error)}); what it holds is not complete.`);
        }
      },
      async close() {
        const status = await handle.stat();
        await handle.close();
        // Nothing came of it: an empty file would look like a result.
        if (status.isFile() && status.size === 0) await unlink(path);
      },
    };
  } catch (error) {
    throw failure(`${escapeControls(path)} cannot be written (${codeOf(error)}); name a file in a folder that exists.`);
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
