import pc from 'picocolors';

export type Colors = ReturnType<typeof pc.createColors>;

/** The part of a writable stream that the command line needs; `process.stdout` is one. */
export interface OutputStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): boolean;
}

export interface InputStream extends AsyncIterable<Uint8Array | string> {
  readonly isTTY?: boolean;
  /** Its file descriptor, where it has one. */
  readonly fd?: number;
}

/** Widest output; longer lines are harder to read, and eighty columns is what many terminals have. */
const maximumWidth = 100;
const widthWithoutTerminal = 79;

/** Where a command reads and writes: results on `output`, everything about them on `messages`. */
export class Terminal {
  readonly colors: Colors;
  readonly messageColors: Colors;

  constructor(
    readonly input: InputStream,
    readonly output: OutputStream,
    readonly messages: OutputStream,
    environment: Readonly<Record<string, string | undefined>>,
  ) {
    this.colors = pc.createColors(wantsColors(output, environment));
    this.messageColors = pc.createColors(wantsColors(messages, environment));
  }

  /** Columns that a line may fill, one less than the terminal has: some wrap a full line. */
  get width(): number {
    const columns = this.output.columns;
    return columns ? Math.max(20, Math.min(maximumWidth, columns - 1)) : widthWithoutTerminal;
  }

  print(text: string): void {
    this.output.write(`${text}\n`);
  }

  report(text: string): void {
    this.messages.write(`${text}\n`);
  }
}

/**
 * Colours go to terminals only; https://no-color.org and https://force-color.org overrule. Picocolors' own test also
 * colours pipes on Windows and in CI, which would put escapes into files.
 */
function wantsColors(stream: OutputStream, environment: Readonly<Record<string, string | undefined>>): boolean {
  if (environment['NO_COLOR']) return false;
  const forced = environment['FORCE_COLOR'];
  if (forced) return forced !== '0' && forced !== 'false';
  return stream.isTTY === true && environment['TERM'] !== 'dumb';
}
