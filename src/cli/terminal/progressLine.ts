import type { OutputStream } from './terminal';

/** Back to the line start and erase to its end (ECMA-48 EL). */
const eraseLine = '\r\u001b[K';

/** One line at the bottom of a terminal that is written over and leaves nothing behind; silent elsewhere. */
export class ProgressLine {
  private shown = '';

  constructor(
    private readonly stream: OutputStream,
    private readonly enabled: boolean,
  ) {}

  show(text: string): void {
    if (!this.enabled || !this.stream.isTTY || text === this.shown) return;
    this.stream.write(`${eraseLine}${text}`);
    this.shown = text;
  }

  clear(): void {
    if (this.shown) this.stream.write(eraseLine);
    this.shown = '';
  }
}
