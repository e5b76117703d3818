import type { LoadProgress } from '../protocol/messages';

/** Where each stage ends, of the whole start; their lengths are about those of a first start. */
const stageEnds: readonly (readonly [LoadProgress['stage'], number])[] = [
  ['verifying', 0.3],
  ['probing', 0.8],
  ['loading', 1],
];

/** One fraction for the whole start out of those of its stages, which may begin anew or be left out: it never falls. */
export class StartProgress {
  private highest = 0;

  constructor(private readonly onProgress: (progress: LoadProgress) => void) {}

  /** @returns takes what is done of a stage, 0 to 1. */
  stage(stage: LoadProgress['stage']): (fraction: number) => void {
    const index = stageEnds.findIndex(([name]) => name === stage);
    const from = stageEnds[index - 1]?.[1] ?? 0;
    const to = stageEnds[index]![1];
    return (done) => {
      this.highest = Math.max(this.highest, from + done * (to - from));
      this.onProgress({ stage, fraction: this.highest });
    };
  }
}
