import type { Page } from 'playwright-core';
import { type EditorDom, readEditorDom } from './editorDom';

/** One painted frame. Times are in milliseconds of the page's clock (performance.now). */
export interface GhostFrame {
  readonly timeMs: number;
  readonly ghost: string;
  /** The caret's line as displayed, ghost text included: unchanged while the predicted characters are typed. */
  readonly line: string;
}

/** A key that went down, on the same clock as the frames. */
export interface KeyPress {
  readonly timeMs: number;
  readonly key: string;
}

export interface GhostRecording {
  readonly frames: readonly GhostFrame[];
  readonly keys: readonly KeyPress[];
}

interface RecordingPage extends Window {
  ghostRecorder?: { stop(): GhostRecording };
}

/** Starts to record every frame that the page paints, until stopGhostFrames. */
export async function startGhostFrames(page: Page): Promise<void> {
  // The reader goes into the page by its source, because a function that runs there cannot refer to another module.
  await page.evaluate(`(${recordInPage.toString()})(${readEditorDom.toString()})`);
}

/** Ends the recording. @throws if none is running. */
export async function stopGhostFrames(page: Page): Promise<GhostRecording> {
  return page.evaluate(() => {
    const recorder = (window as RecordingPage).ghostRecorder;
    if (recorder === undefined) throw new Error('No ghost frame recording is running: call startGhostFrames first.');
    return recorder.stop();
  });
}

function recordInPage(read: () => EditorDom): void {
  const holder = window as RecordingPage;
  if (holder.ghostRecorder !== undefined) throw new Error('A ghost frame recording is already running: stop it first.');
  const frames: GhostFrame[] = [];
  const keys: KeyPress[] = [];
  // Resize observers run after all animation frame callbacks, VS Code's own rendering among them, and before the paint:
  // what they see is what the user will see. Changing the probe's width in every frame makes one run in every frame.
  const probe = document.createElement('div');
  probe.style.cssText = 'position:fixed;top:0;left:-9px;width:1px;height:1px;visibility:hidden;contain:strict';
  document.body.append(probe);
  const observer = new ResizeObserver(() => {
    const { ghost, caretLine } = read();
    frames.push({ timeMs: performance.now(), ghost, line: caretLine });
  });
  observer.observe(probe);
  let request = 0;
  const nextFrame = () => {
    probe.style.width = probe.style.width === '1px' ? '2px' : '1px';
    request = requestAnimationFrame(nextFrame);
  };
  request = requestAnimationFrame(nextFrame);
  const onKey = (event: KeyboardEvent) => keys.push({ timeMs: event.timeStamp, key: event.key });
  window.addEventListener('keydown', onKey, { capture: true });
  holder.ghostRecorder = {
    stop() {
      cancelAnimationFrame(request);
      observer.disconnect();
      window.removeEventListener('keydown', onKey, { capture: true });
      probe.remove();
      delete holder.ghostRecorder;
      return { frames, keys };
    },
  };
}

/**
 * The frames without ghost text between the first and the last frame that has some: what a user sees as flicker.
 * @throws if no frame has ghost text, so that an empty recording cannot pass for a quiet one.
 */
export function gapsInGhost({ frames }: GhostRecording): GhostFrame[] {
  const first = frames.findIndex((frame) => frame.ghost !== '');
  const last = frames.findLastIndex((frame) => frame.ghost !== '');
  if (first < 0) throw new Error(`None of the ${frames.length} recorded frames has ghost text.`);
  return frames.slice(first, last).filter((frame) => frame.ghost === '');
}

/** The different texts that the caret's line showed, in order. */
export function displayedLines({ frames }: GhostRecording): string[] {
  return frames.map((frame) => frame.line).filter((line, index, all) => line !== all[index - 1]);
}

/**
 * For every key: milliseconds from the key press to the first painted frame with a new ghost text; null where the ghost
 * text did not change, or was gone, until the next key.
 */
export function keyToGhostMs({ frames, keys }: GhostRecording): (number | null)[] {
  return keys.map((key, index) => {
    const until = keys[index + 1]?.timeMs ?? Infinity;
    const before = frames.findLast((frame) => frame.timeMs < key.timeMs)?.ghost ?? '';
    const shown = frames.find(
      ({ timeMs, ghost }) => timeMs >= key.timeMs && timeMs < until && ghost !== '' && ghost !== before,
    );
    return shown === undefined ? null : shown.timeMs - key.timeMs;
  });
}
