import { writeFile } from 'node:fs/promises';
import { encode } from 'modern-gif';
import type { Page } from 'playwright-core';
import { PNG } from 'pngjs';

/** A part of the page in CSS pixels. */
export interface Crop {
  x: number;
  y: number;
  width: number;
  height: number;
}

const MAX_BYTES = 1_500_000;

/** Collects pictures of one part of a page, in the order taken, and writes them as a GIF that repeats for ever. */
export class Recording {
  private readonly frames: { data: Uint8ClampedArray<ArrayBuffer>; delay: number }[] = [];

  constructor(
    private readonly page: Page,
    private readonly crop: Crop,
  ) {}

  /** Takes a picture that stands for holdMs milliseconds. */
  async frame(holdMs: number): Promise<void> {
    const png = PNG.sync.read(await this.page.screenshot({ clip: this.crop, scale: 'css', caret: 'initial' }));
    this.frames.push({ data: new Uint8ClampedArray(png.data), delay: holdMs });
  }

  /**
   * Writes the GIF and returns its size in bytes.
   * @throws if there is no frame, or if the file would have more than 1.5 MB (too much for a README).
   */
  async write(file: string): Promise<number> {
    if (this.frames.length === 0) throw new Error(`No frame was taken for ${file}: call frame() first.`);
    const { width, height } = this.crop;
    const gif = new Uint8Array(await encode({ width, height, frames: this.frames, looped: true, loopCount: 0 }));
    if (gif.byteLength > MAX_BYTES)
      throw new Error(
        `${file} would have ${gif.byteLength} bytes, more than ${MAX_BYTES}: crop it, or take fewer frames.`,
      );
    await writeFile(file, gif);
    return gif.byteLength;
  }
}
